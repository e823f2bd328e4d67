"""What a librarian offers: the public methods of each of its services."""

import inspect


def public_methods(librarian):
    """Return service to method name to function, for every public attribute that is a service."""
    found = {
        name: {
            method: function
            for method, function in inspect.getmembers(type(service), inspect.isfunction)
            if not method.startswith("_")
        }
        for name, service in vars(librarian).items()
        if not name.startswith("_")
    }
    return {name: methods for name, methods in found.items() if methods}
