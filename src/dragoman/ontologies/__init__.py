"""The event ontologies as data: PLOVER and CAMEO, and the ways between them."""

from dragoman.ontologies.codes import Cameo, Code, PloverReading, Root, cameo
from dragoman.ontologies.files import DataError
from dragoman.ontologies.types import EventType, Mode, Plover, plover

__all__ = [
    "Cameo",
    "Code",
    "DataError",
    "EventType",
    "Mode",
    "Plover",
    "PloverReading",
    "Root",
    "cameo",
    "plover",
]
