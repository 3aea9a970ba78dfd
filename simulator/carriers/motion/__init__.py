"""How every carrier's shipments get on: moves, ways, journeys, histories."""
