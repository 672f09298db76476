"""The people of the walk serve the other tests too."""

from .test_walk import cast

__all__ = ["cast"]
