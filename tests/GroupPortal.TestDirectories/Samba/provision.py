"""Makes the database of a domain controller, before its first start: provision.py FOLDER SETTINGS.json

Offline, because then objects can have the GUID they are given ("relax"), and a thousand people take seconds.
"""
import json
import logging
import os
import sys
import uuid

import ldb
from samba.auth import system_session
from samba.ndr import ndr_pack
from samba.param import LoadParm
from samba.provision import provision
from samba.samdb import SamDB
from samba.dcerpc import security
from samba.dsdb import DS_DOMAIN_FUNCTION_2008_R2
from samba.sd_utils import SDUtils

folder, settings_file = sys.argv[1:]
with open(settings_file, encoding="utf-8") as file:
    settings = json.load(file)

configuration = os.path.join(folder, "smb.conf")
logging.basicConfig(level=logging.WARNING, stream=sys.stdout)
lp = LoadParm()
lp.load(configuration)
provision(
    logging.getLogger("provision"), system_session(), smbconf=configuration, lp=lp,
    realm=settings["realm"], domain=settings["domain"], hostname=settings["host"], hostip=settings["address"],
    serverrole="active directory domain controller", adminpass=settings["administratorPassword"],
    domainsid=security.dom_sid(settings["domainSid"]), dom_for_fun_level=DS_DOMAIN_FUNCTION_2008_R2, dns_backend="NONE", use_rfc2307=True, batch_mode=True)
