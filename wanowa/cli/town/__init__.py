"""The demonstration town: invented parties that act through the services, and the real projects as facts."""

from wanowa.cli.town.building import Report, Size, Visitor, build, demo_people

__all__ = ["Report", "Size", "Visitor", "build", "demo_people"]
