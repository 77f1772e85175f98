"""Where nbgrader is met: its settings, its extension points, what is recorded in its gradebook."""
