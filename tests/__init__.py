"""The tests of the whole house: what no room can test alone."""
