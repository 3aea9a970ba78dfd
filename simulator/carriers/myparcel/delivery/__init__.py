"""What can be delivered: days, times, carriers and prices."""
