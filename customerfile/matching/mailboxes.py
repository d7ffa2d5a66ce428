"""E-mail addresses that say little of a person: desks that several share, and the domains of mail providers."""

# local parts of addresses that belong to a desk, in the languages of our users
DESKS = frozenset({
    "accounting", "accounts", "accueil", "admin", "administracion", "administration", "anfrage",
    "bestellung", "billing", "booking", "buchhaltung", "buero", "comptabilite", "contact", "contacto",
    "contacts", "customer", "customerservice", "direction", "email", "enquiries", "finance", "hello",
    "help", "helpdesk", "hr", "info", "info1", "inquiries", "jobs", "kontakt", "mail", "mailbox",
    "marketing", "newsletter", "noreply", "office", "order", "orders", "postmaster", "press",
    "reception", "reservations", "sales", "secretaria", "secretariat", "secretary", "service", "shop",
    "store", "support", "team", "ventas", "webmaster",
})  # fmt: skip

# everyone may have an address here, so the domain says nothing of an organisation
FREE_MAIL = frozenset({
    "163.com", "aol.com", "btinternet.com", "comcast.net", "free.fr", "freenet.de", "gmail.com",
    "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.co.uk", "hotmail.com", "hotmail.fr",
    "icloud.com", "laposte.net", "libero.it", "live.com", "mac.com", "mail.com", "mail.ru", "me.com",
    "msn.com", "orange.fr", "outlook.com", "proton.me", "protonmail.com", "qq.com", "t-online.de",
    "telefonica.net", "verizon.net", "wanadoo.fr", "web.de", "yahoo.co.uk", "yahoo.com", "yahoo.de",
    "yahoo.fr", "yandex.ru",
})  # fmt: skip
