"""Free Vietnamese text, old or new, to the unit responsible today; doubt is shown, never guessed away."""

from thongsuot.rules.registry.address.gazetteer import Gazetteer
from thongsuot.rules.registry.address.reading import Found, Reading
from thongsuot.rules.registry.address.resolve import Resolver

__all__ = ["Found", "Gazetteer", "Reading", "Resolver"]
