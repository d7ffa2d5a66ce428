"""Which national numbers each country has, by kind of identifier, and who checks them: python-stdnum's
modules."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from customerfile.values.words import words

# "cc.name" is the scheme and the module of python-stdnum, unless a module is named behind "="; the first
# that accepts wins
_NATIONAL_IDS = (
    "ar.dni at.vnr be.nn bg.egn br.cpf ca.sin ch.ssn cl.rut cn.ric cu.ni cz.rc de.idnr dk.cpr do.cedula"
    " ec.ci ee.ik"
    " es.dni es.nie fi.hetu fr.nir gb.nino gr.amka hr.oib id.nik ie.pps il.idnr in.aadhaar is.kennitala"
    " it.codicefiscale"
    " kr.rrn lt.asmens lv.pk=lv.pvn mu.nid mx.curp my.nric nl.bsn no.fodselsnummer pe.cui pk.cnic pl.pesel"
    " pt.cc ro.cnp"
    " se.personnummer si.emso sk.rc th.pin tr.tckimlik us.ssn us.itin za.idnr"
)
_TAX_IDS = (
    "ar.cuit at.tin au.tfn au.abn be.nn bg.vat br.cpf br.cnpj ca.sin ca.bn ch.uid cl.rut co.nit cz.rc"
    " cz.dic de.idnr"
    " de.stnr dk.cpr dk.cvr do.rnc ec.ruc ee.ik es.nif fi.hetu fi.ytunnus fr.nif gb.utr gh.tin gr.vat"
    " gt.nit hr.oib"
    " hu.anum id.npwp ie.pps ie.vat il.idnr il.hp in.pan in.gstin it.codicefiscale it.iva jp.cn kr.brn"
    " lt.asmens"
    " mx.rfc nl.bsn no.fodselsnummer no.orgnr nz.ird pe.ruc pl.nip pl.pesel pt.nif py.ruc ro.cui ro.cnp"
    " ru.inn"
    " se.personnummer se.orgnr si.ddv sk.dph tr.vkn tr.tckimlik ua.edrpou us.ein us.ssn us.itin uy.rut ve.rif"
    " za.tin"
)
_REGISTRATIONS = (
    "at.businessid au.acn au.abn be.vat br.cnpj ch.uid cn.uscc cz.dic de.handelsregisternummer dk.cvr"
    " ee.registrikood"
    " es.cif fi.ytunnus fr.siren fr.siret gb.crn hr.oib it.iva jp.cn kr.brn no.orgnr pl.regon pt.nif"
    " ro.onrc ru.ogrn"
    " se.orgnr sg.uen si.maticna"
)
_EU_VAT = words("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
_OTHER_VAT = "gb.vat ch.vat no.mva is.vsk rs.pib me.pib tr.vkn ua.edrpou"
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]")
_GB_COMPANY = re.compile(
    r"(?:\d{8}|(?:AC|FC|GE|GN|GS|IC|IP|LP|NA|NC|NF|NI|NL|NO|NP|NR|NZ|OC|OE|PC|R0|RC|RS|SA|SC|SE|SF|SG|SI|SL|"
    r"SO|SP|SR|SZ|ZC)\d{6})"
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """A national number: its name ("us.ssn") and its check, which gives the compact number or raises
    ValueError."""

    name: str
    validate: Callable[[str], str]


def schemes_for(kind: str, country: str) -> tuple[Scheme, ...]:
    """The numbers that a country has for a kind: "national_id", "tax_id", "registration_number" or "vat"."""
    return _by_country(kind).get(country, ())


@cache
def scheme_named(name: str) -> Scheme | None:
    """The scheme with this name ("us.ssn"), or None."""
    for kind in ("national_id", "tax_id", "registration_number", "vat"):
        for schemes in _by_country(kind).values():
            for scheme in schemes:
                if scheme.name == name:
                    return scheme
    return None


@cache
def _by_country(kind: str) -> dict[str, tuple[Scheme, ...]]:
    found: dict[str, tuple[Scheme, ...]] = {}
    for entry in _entries(kind):
        name, _, module = entry.partition("=")
        country = name[:2].upper()
        found[country] = (*found.get(country, ()), Scheme(name, _check(module or name)))
    return found


def _entries(kind: str) -> list[str]:
    if kind == "vat":
        return [f"{code.lower()}.vat=eu:{code}" for code in _EU_VAT] + [
            f"{e[:2]}.vat={e}" for e in _OTHER_VAT.split()
        ]
    return {"national_id": _NATIONAL_IDS, "tax_id": _TAX_IDS, "registration_number": _REGISTRATIONS}[
        kind
    ].split()


def _check(module: str) -> Callable[[str], str]:
    if module == "gb.nino":
        return _matching(_NINO)
    if module == "gb.crn":
        return _matching(_GB_COMPANY)
    if module.startswith("eu:"):
        return _eu_vat(module[3:])
    country, _, name = module.partition(".")
    package = f"{country}_" if country in ("in", "is") else country
    checked: Callable[[str], str] = import_module(f"stdnum.{package}.{name}").validate
    return checked


def _eu_vat(country: str) -> Callable[[str], str]:
    vat = import_module("stdnum.eu.vat")
    prefix = "EL" if country == "GR" else country

    def validate(number: str) -> str:
        has_prefix = number[:2].upper() in (prefix, country)
        return str(vat.validate(number if has_prefix else f"{prefix}{number}"))

    return validate


def _matching(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def validate(number: str) -> str:
        compact = re.sub(r"[\s\-.]", "", number).upper()
        compact = compact.zfill(8) if pattern is _GB_COMPANY and compact.isdigit() else compact
        if not pattern.fullmatch(compact):
            raise ValueError(number)
        return compact

    return validate
