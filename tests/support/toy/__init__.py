"""The smallest carrier that uses everything the engine offers, for tests that need no real one."""
