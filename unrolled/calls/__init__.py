"""Calling a student's function: what it is given, what it did, and how long it may take."""
