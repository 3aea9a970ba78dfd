"""What happens by itself: jobs that fall due, and moving the clock past them."""
