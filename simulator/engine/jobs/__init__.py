"""What happens by itself: jobs that fall due."""
