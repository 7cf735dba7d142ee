"""Public holidays by country, from the holidays library, as plain dates.

A code is ISO 3166: ``US``, or with a subdivision ``GB-SCT``. What comes out is stored in the
schedule, so nothing may depend on the machine: the language of the names is chosen here, never by
the environment.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase

_CODE = re.compile(r"(?P<country>[A-Z]{2})(?:-(?P<part>[A-Za-z0-9]{1,8}))?")
_ENGLISH = "en_US"


def known(code: str) -> bool:
    """Whether holidays of ``US``, ``GB-SCT`` are known; the case of the code counts."""
    return _entity(code) is not None


def holiday_dates(code: str, first_year: int, last_year: int) -> tuple[tuple[date, str], ...]:
    """Return the holidays of the years ``first_year`` to ``last_year``, both included, by date.

    Names are English where the country's list has English names. Two holidays on one date are
    one entry, their names sorted and joined by ``; ``.

    Raises
    ------
    ValueError
        If the code is unknown.
    """
    entity = _entity(code)
    if entity is None:
        raise ValueError(f"no holidays are known for `{code}`")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        days = entity(
            subdiv=_subdivision(code),
            years=range(first_year, last_year + 1),
            language=_language(entity),
        )
        return tuple(
            (day, "; ".join(sorted(set(days.get_list(day)))))
            for day in sorted(days)
            if first_year <= day.year <= last_year
        )


def close_matches(code: str) -> tuple[str, ...]:
    """Return up to three known codes that ``code`` was probably meant to be, best first.

    Names (``Germany``, ``Scotland``) and other spellings (``usa``, ``uk``) find their code too.
    """
    country, _, part = code.strip().replace("_", "-").partition("-")
    countries = _countries()
    exact = _as_country(country)
    if exact is None:
        found = [*_subdivisions_named(code), *_close(country, sorted(countries))]
        return tuple(dict.fromkeys(found))[:3]
    if not part:
        return (exact,)
    parts = _subdivisions(exact)
    wanted = part.upper()
    near = [
        one
        for one, aliases in parts.items()
        if wanted in {one.upper(), *(alias.upper() for alias in aliases)}
    ] or _close(part, sorted(parts))
    return tuple(f"{exact}-{one}" for one in near[:3]) or (exact,)


@lru_cache(maxsize=64)
def _entity(code: str) -> type[HolidayBase] | None:
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    import holidays

    loader = getattr(holidays, match["country"], None)
    if loader is None:
        return None
    # The registry hands out loaders; an instance knows its class and imports one country only.
    entity: type[HolidayBase] = type(loader()).mro()[0]
    if getattr(entity, "country", None) != match["country"]:
        return None
    part = match["part"]
    return entity if part is None or part in entity.subdivisions else None


def _subdivision(code: str) -> str | None:
    return code.partition("-")[2] or None


def _language(entity: type[HolidayBase]) -> str | None:
    default: str | None = entity.default_language
    if default is not None and default.startswith("en"):
        return default
    return _ENGLISH if _ENGLISH in entity.supported_languages else default


def _countries() -> dict[str, tuple[str, ...]]:
    """Return what each country is also called, by its code."""
    from holidays.registry import COUNTRIES

    return {names[1]: (module, names[0], *names[2:]) for module, names in COUNTRIES.items()}


def _as_country(text: str) -> str | None:
    """Return the code of a country by its code, another code or its name, in any case."""
    wanted = text.replace(" ", "").replace("_", "").upper()
    if wanted == "UK":
        return "GB"
    for code, others in sorted(_countries().items()):
        if wanted in {code, *(other.replace("_", "").upper() for other in others)}:
            return code
    return None


def _subdivisions(country: str) -> dict[str, tuple[str, ...]]:
    """Return what each subdivision of a country is also called, by its code."""
    entity = _entity(country)
    if entity is None:
        return {}
    aliases: dict[str, str] = entity.subdivisions_aliases
    return {
        part: tuple(sorted(name for name, of in aliases.items() if of == part))
        for part in entity.subdivisions
    }


def _subdivisions_named(text: str) -> list[str]:
    """Return the subdivisions of this name in the countries whose parts people name most."""
    wanted = text.replace("-", " ").strip().upper()
    return [
        f"{country}-{part}"
        for country in ("GB", "US", "CA", "AU", "DE")
        for part, names in _subdivisions(country).items()
        if wanted in {name.upper() for name in names}
    ]


def _close(text: str, among: Sequence[str]) -> list[str]:
    return get_close_matches(text.upper(), among, n=3, cutoff=0.4)
