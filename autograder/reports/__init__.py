"""What an instructor reads: the class, the leaderboard, a replayed appeal."""
