"""Fast check of regular phone numbers against the numbering plans of phonenumbers. A None answer means: ask
the library."""

import re
from functools import cache
from typing import NamedTuple

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

_KINDS_OF_NUMBER = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip", "pager",
    "uan", "voicemail",
)  # fmt: skip


class Plan(NamedTuple):
    """What is needed of one region's numbering plan."""

    calling_code: str
    national_prefix: str
    prefix: re.Pattern[str] | None  # what may stand before a number dialled within the country
    idd: re.Pattern[str] | None
    general: re.Pattern[str]
    valid: re.Pattern[str]
    lengths: frozenset[int]
    stands_alone: bool  # a number valid here is valid, whatever other regions share the calling code


class Reading(NamedTuple):
    """A number whose length is possible in its country; valid where the numbering plan has such numbers."""

    e164: str
    is_valid: bool


def fast_international(digits: str) -> Reading | None:
    """What the library would read in a number written with its country code (digits without the +)."""
    for length in (1, 2, 3):
        regions = COUNTRY_CODE_TO_REGION_CODE.get(int(digits[:length] or 0))
        if regions:
            plan = plan_of(regions[0])
            return plan and _fast_number(plan, digits[length:])
    return None


def fast_national(digits: str, region: str) -> Reading | None:
    """What the library would read in a number written as dialled within the region."""
    plan = plan_of(region)
    if plan is None or digits.startswith(plan.calling_code) or (plan.idd and plan.idd.match(digits)):
        return None
    return _fast_number(plan, digits)


def _fast_number(plan: Plan, digits: str) -> Reading | None:
    prefix = plan.prefix.match(digits) if plan.prefix else None
    is_viable = bool(prefix) and plan.general.fullmatch(digits) is not None
    if prefix:
        if not plan.national_prefix or prefix[0] != plan.national_prefix:
            return None
        digits = digits[len(plan.national_prefix) :]
    if not plan.stands_alone or len(digits) not in plan.lengths:
        return None
    if plan.valid.fullmatch(digits) and plan.general.fullmatch(digits):
        return Reading(f"+{plan.calling_code}{digits}", True)
    if is_viable:
        return None
    is_valid = _shared_pattern(int(plan.calling_code)).fullmatch(digits) is not None
    return Reading(f"+{plan.calling_code}{digits}", is_valid)


@cache
def _shared_pattern(calling_code: int) -> re.Pattern[str]:
    """The valid numbers of every region that shares a calling code."""
    plans = [plan_of(region) for region in COUNTRY_CODE_TO_REGION_CODE[calling_code]]
    return re.compile("|".join(plan.valid.pattern for plan in plans if plan) or "(?!)")


@cache
def plan_of(region: str) -> Plan | None:
    """The plan of an ISO region, or None where the library knows none."""
    if len(region) != 2:
        return None
    metadata = PhoneMetadata.metadata_for_region(region)
    if metadata is None or metadata.country_code is None or metadata.general_desc is None:
        return None
    code = metadata.country_code
    is_main = COUNTRY_CODE_TO_REGION_CODE[code][0] == region
    prefix = metadata.national_prefix_for_parsing
    return Plan(
        calling_code=str(code),
        national_prefix=metadata.national_prefix or "",
        prefix=re.compile(prefix) if prefix else None,
        idd=re.compile(metadata.international_prefix) if metadata.international_prefix else None,
        general=re.compile(metadata.general_desc.national_number_pattern or "(?!)"),
        lengths=frozenset(metadata.general_desc.possible_length),
        valid=_valid_pattern(metadata, metadata.general_desc.possible_length),
        stands_alone=metadata.leading_digits is None and (is_main or region == "CA"),
    )


def _valid_pattern(metadata: PhoneMetadata, general_lengths: tuple[int, ...]) -> re.Pattern[str]:
    """One expression of every kind of number in the plan, each bound to its possible lengths."""
    alternatives = []
    for kind in _KINDS_OF_NUMBER:
        description = getattr(metadata, kind)
        if description is None or not description.national_number_pattern:
            continue
        lengths = [length for length in (description.possible_length or general_lengths) if length > 0]
        if not lengths:
            continue
        bounds = "|".join(rf"\d{{{length}}}" for length in lengths)
        alternatives.append(rf"(?=(?:{bounds})\Z)(?:{description.national_number_pattern})")
    return re.compile("|".join(alternatives) or r"(?!)")
