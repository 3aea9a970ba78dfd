"""Labels and forms after the pattern of the postal union's."""
