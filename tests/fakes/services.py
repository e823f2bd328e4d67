"""What a librarian offers: the public methods of each of its services."""

import inspect
from functools import cached_property


def public_methods(librarian):
    """Return service to method name to function, for every public attribute that is a service."""
    found = {
        name: {
            method: function
            for method, function in inspect.getmembers(type(service), inspect.isfunction)
            if not method.startswith("_")
        }
        for name, service in _services(librarian).items()
        if not name.startswith("_")
    }
    return {name: methods for name, methods in found.items() if methods}


def _services(librarian):
    """Return the attributes of a librarian, those that are made when first needed too."""
    late = [name for name, value in vars(type(librarian)).items() if isinstance(value, cached_property)]
    return {**vars(librarian), **{name: getattr(librarian, name) for name in late}}
