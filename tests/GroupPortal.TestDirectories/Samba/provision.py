"""Makes the database of a domain controller before its first start: provision.py FOLDER SETTINGS.json

Offline, because then objects can have the GUID they are given (control "relax"), and a thousand people take seconds.
"""
import json
import logging
import os
import sys
import uuid

import ldb
from samba.auth import system_session
from samba.dcerpc import security
from samba.dsdb import DS_DOMAIN_FUNCTION_2008_R2
from samba.ndr import ndr_unpack
from samba.param import LoadParm
from samba.provision import provision
from samba.samdb import SamDB
from samba.sd_utils import SDUtils

folder, settings_file = sys.argv[1:]
with open(settings_file, encoding="utf-8") as file:
    settings = json.load(file)

configuration = os.path.join(folder, "smb.conf")
lp = LoadParm()
lp.load(configuration)
provision(
    logging.getLogger("provision"), system_session(), smbconf=configuration, lp=lp,
    realm=settings["realm"], domain=settings["domain"], hostname=settings["host"], hostip=settings["address"],
    serverrole="active directory domain controller", adminpass=settings["administratorPassword"],
    domainsid=security.dom_sid(settings["domainSid"]), dom_for_fun_level=DS_DOMAIN_FUNCTION_2008_R2,
    dns_backend="NONE", use_rfc2307=True, batch_mode=True)

lp.set("dsdb:schema update allowed", "yes")
samdb = SamDB(url=os.path.join(folder, "private", "sam.ldb"), session_info=system_session(), lp=lp)


def element(name, values, flag=0):
    return ldb.MessageElement([value.encode("utf-8") for value in values], flag, name)


def add(entry):
    message = ldb.Message(ldb.Dn(samdb, entry["dn"]))
    for name, values in entry["attributes"].items():
        message[name] = element(name, values)
    if entry.get("id"):
        # Little-endian, as Windows lays GUIDs out.
        message["objectGUID"] = ldb.MessageElement([uuid.UUID(entry["id"]).bytes_le], 0, "objectGUID")
    if entry.get("password"):
        message["unicodePwd"] = ldb.MessageElement([f'"{entry["password"]}"'.encode("utf-16-le")], 0, "unicodePwd")
    samdb.add(message, controls=["relax:0"])
    for name, values in (entry.get("then") or {}).items():
        replace(entry["dn"], name, values)


def replace(dn, name, values):
    message = ldb.Message(ldb.Dn(samdb, dn))
    message[name] = element(name, values, ldb.FLAG_MOD_REPLACE)
    samdb.modify(message)


def add_members(dn, members):
    """Of a group that every domain has; some of them are in it already."""
    present = samdb.search(dn, ldb.SCOPE_BASE, attrs=["member"])[0].get("member", [])
    known = {str(ldb.Dn(samdb, str(member))).lower() for member in present}
    missing = [member for member in members if str(ldb.Dn(samdb, member)).lower() not in known]
    if missing:
        message = ldb.Message(ldb.Dn(samdb, dn))
        message["member"] = element("member", missing, ldb.FLAG_MOD_ADD)
        samdb.modify(message)


def add_mail_nickname():
    """Of the Exchange schema what the portal cares for: groups can be mail-enabled, as in every domain that once had Exchange."""
    schema = samdb.get_schema_basedn()
    samdb.add({
        "dn": f"CN=ms-Exch-Mail-Nickname,{schema}", "objectClass": "attributeSchema", "lDAPDisplayName": "mailNickname",
        "attributeID": "1.2.840.113556.1.2.447", "attributeSyntax": "2.5.5.12", "oMSyntax": "64", "isSingleValued": "TRUE",
        "rangeUpper": "64", "searchFlags": "1"})
    samdb.set_schema_update_now()
    group = ldb.Message(ldb.Dn(samdb, f"CN=Group,{schema}"))
    group["mayContain"] = element("mayContain", ["mailNickname"], ldb.FLAG_MOD_ADD)
    samdb.modify(group)
    samdb.set_schema_update_now()


# Many small transactions cost their syncs, one large one slows down with its size.
BATCH = 250


def in_batches(items, work):
    for start in range(0, len(items), BATCH):
        samdb.transaction_start()
        try:
            for item in items[start:start + BATCH]:
                work(item)
        except BaseException:
            samdb.transaction_cancel()
            raise
        samdb.transaction_commit()


add_mail_nickname()
# The template may be older than 42 days.
replace(settings["baseDn"], "maxPwdAge", ["-9223372036854775808"])
in_batches(settings["objects"], add)
in_batches(settings["memberships"], lambda group: add_members(group["dn"], group["members"]))

for grant in settings["grants"]:
    trustee = samdb.search(grant["account"], ldb.SCOPE_BASE, attrs=["objectSid"])[0]
    sid = str(ndr_unpack(security.dom_sid, trustee["objectSid"][0]))
    for ace in grant["entries"]:
        SDUtils(samdb).dacl_add_ace(ldb.Dn(samdb, grant["on"]), ace.replace("{SID}", sid))
