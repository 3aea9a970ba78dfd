"""From a request to an operation and back: routing, compiled operations, validation, answers."""
