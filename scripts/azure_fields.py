#!/usr/bin/env python3
"""Writes fixtures/azure/fields.txt: the properties, types and enum values of the ARM types that policies speak of.

    python3 -m venv VENV && VENV/bin/pip install --no-deps -r scripts/azure_fields.requirements.txt
    VENV/bin/python scripts/azure_fields.py LISTING > fixtures/azure/fields.txt

LISTING is a listing of Azure/bicep-types-az: a line `=== TYPE@API-VERSION [...]` for each type, below it a line
`PATH: KIND` for each property. Types that it lacks (SDK, below) come from the models of Microsoft's azure-mgmt packages of PyPI.
The same input gives the same bytes. The format of the output is described in its head.
"""

import importlib
import re
import sys
from importlib.metadata import version

# ARM type, package of PyPI, module, class.
SDK = """
Microsoft.Authorization/roleAssignmentScheduleInstances authorization authorization RoleAssignmentScheduleInstance
Microsoft.Authorization/roleEligibilityScheduleInstances authorization authorization RoleEligibilityScheduleInstance
Microsoft.Cache/redis/accessPolicyAssignments redis redis RedisCacheAccessPolicyAssignment
Microsoft.Cache/redis/firewallRules redis redis RedisFirewallRule
Microsoft.Cache/redis/linkedServers redis redis RedisLinkedServerWithProperties
Microsoft.Cache/redisEnterprise redisenterprise redisenterprise Cluster
Microsoft.Cache/redisEnterprise/databases redisenterprise redisenterprise Database
Microsoft.Cdn/profiles cdn cdn Profile
Microsoft.Cdn/profiles/customDomains cdn cdn AFDDomain
Microsoft.Cdn/profiles/endpoints cdn cdn Endpoint
Microsoft.Cdn/profiles/endpoints/customDomains cdn cdn CustomDomain
Microsoft.CognitiveServices/accounts cognitiveservices cognitiveservices Account
Microsoft.Compute/disks compute compute.v2024_03_02 Disk
Microsoft.Compute/virtualMachineScaleSets compute compute.v2024_11_01 VirtualMachineScaleSet
Microsoft.Compute/virtualMachines compute compute.v2024_11_01 VirtualMachine
Microsoft.DataProtection/resourceGuards dataprotection dataprotection ResourceGuardResource
Microsoft.DataFactory/factories datafactory datafactory Factory
Microsoft.DBforMariaDB/servers rdbms rdbms.mariadb Server
Microsoft.DBforMariaDB/servers/configurations rdbms rdbms.mariadb Configuration
Microsoft.DBforMariaDB/servers/firewallRules rdbms rdbms.mariadb FirewallRule
Microsoft.DBforMariaDB/servers/securityAlertPolicies rdbms rdbms.mariadb ServerSecurityAlertPolicy
Microsoft.DBforMySQL/flexibleServers/advancedThreatProtectionSettings mysqlflexibleservers mysqlflexibleservers AdvancedThreatProtection
Microsoft.DBforMySQL/flexibleServers/databases mysqlflexibleservers mysqlflexibleservers Database
Microsoft.DBforMySQL/servers rdbms rdbms.mysql Server
Microsoft.DBforMySQL/servers/administrators rdbms rdbms.mysql ServerAdministratorResource
Microsoft.DBforMySQL/servers/configurations rdbms rdbms.mysql Configuration
Microsoft.DBforMySQL/servers/firewallRules rdbms rdbms.mysql FirewallRule
Microsoft.DBforMySQL/servers/keys rdbms rdbms.mysql ServerKey
Microsoft.DBforMySQL/servers/securityAlertPolicies rdbms rdbms.mysql ServerSecurityAlertPolicy
Microsoft.DBforPostgreSQL/flexibleServers/advancedThreatProtectionSettings postgresqlflexibleservers postgresqlflexibleservers AdvancedThreatProtectionSettingsModel
Microsoft.DBforPostgreSQL/servers rdbms rdbms.postgresql Server
Microsoft.DBforPostgreSQL/servers/administrators rdbms rdbms.postgresql ServerAdministratorResource
Microsoft.DBforPostgreSQL/servers/configurations rdbms rdbms.postgresql Configuration
Microsoft.DBforPostgreSQL/servers/firewallRules rdbms rdbms.postgresql FirewallRule
Microsoft.DBforPostgreSQL/servers/keys rdbms rdbms.postgresql ServerKey
Microsoft.DBforPostgreSQL/servers/securityAlertPolicies rdbms rdbms.postgresql ServerSecurityAlertPolicy
Microsoft.DocumentDB/databaseAccounts/sqlDatabases cosmosdb cosmosdb SqlDatabaseGetResults
Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions cosmosdb cosmosdb SqlRoleDefinitionGetResults
Microsoft.Insights/actionGroups monitor monitor ActionGroupResource
Microsoft.Insights/scheduledQueryRules monitor monitor ScheduledQueryRuleResource
Microsoft.Insights/components applicationinsights applicationinsights ApplicationInsightsComponent
Microsoft.Insights/logprofiles monitor monitor LogProfileResource
Microsoft.KeyVault/vaults/secrets keyvault keyvault Secret
Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies network network WebApplicationFirewallPolicy
Microsoft.Network/applicationGateways network network ApplicationGateway
Microsoft.Network/azureFirewalls network network AzureFirewall
Microsoft.Network/firewallPolicies network network FirewallPolicy
Microsoft.Network/frontDoorWebApplicationFirewallPolicies frontdoor frontdoor WebApplicationFirewallPolicy
Microsoft.Network/natGateways network network NatGateway
Microsoft.Network/networkInterfaces network network NetworkInterface
Microsoft.Network/networkSecurityGroups/securityRules network network SecurityRule
Microsoft.Network/networkWatchers/flowLogs network network FlowLog
Microsoft.Network/networkWatchers network network NetworkWatcher
Microsoft.Network/privateEndpoints network network PrivateEndpoint
Microsoft.Network/publicIPAddresses network network PublicIPAddress
Microsoft.Network/virtualNetworks network network VirtualNetwork
Microsoft.Network/virtualNetworks/subnets network network Subnet
Microsoft.Resources/subscriptions resource resource.subscriptions.v2022_12_01 Subscription
Microsoft.Resources/subscriptions/resourceGroups resource resource.resources.v2024_11_01 ResourceGroup
Microsoft.ServiceBus/namespaces/authorizationRules servicebus servicebus SBAuthorizationRule
Microsoft.ServiceBus/namespaces/queues servicebus servicebus SBQueue
Microsoft.ServiceBus/namespaces/topics servicebus servicebus SBTopic
Microsoft.EventHub/namespaces/eventhubs eventhub eventhub Eventhub
Microsoft.Search/searchServices search search SearchService
Microsoft.Sql/locations/instanceFailoverGroups sql sql InstanceFailoverGroup
Microsoft.Sql/managedInstances/advancedThreatProtectionSettings sql sql ManagedInstanceAdvancedThreatProtection
Microsoft.Sql/managedInstances/databases sql sql ManagedDatabase
Microsoft.Sql/managedInstances/databases/backupLongTermRetentionPolicies sql sql ManagedInstanceLongTermRetentionPolicy
Microsoft.Sql/managedInstances/databases/backupShortTermRetentionPolicies sql sql ManagedBackupShortTermRetentionPolicy
Microsoft.Sql/managedInstances/securityAlertPolicies sql sql ManagedServerSecurityAlertPolicy
Microsoft.Sql/managedInstances/vulnerabilityAssessments sql sql ManagedInstanceVulnerabilityAssessment
Microsoft.Sql/servers/advancedThreatProtectionSettings sql sql ServerAdvancedThreatProtection
Microsoft.Sql/servers/databases/auditingSettings sql sql DatabaseBlobAuditingPolicy
Microsoft.Sql/servers/databases/replicationLinks sql sql ReplicationLink
Microsoft.Sql/servers/extendedAuditingSettings sql sql ExtendedServerBlobAuditingPolicy
Microsoft.Sql/servers/ipv6FirewallRules sql sql IPv6FirewallRule
Microsoft.Sql/servers/securityAlertPolicies sql sql ServerSecurityAlertPolicy
Microsoft.Sql/servers/sqlVulnerabilityAssessments sql sql SqlVulnerabilityAssessment
Microsoft.Sql/servers/vulnerabilityAssessments sql sql ServerVulnerabilityAssessment
Microsoft.Storage/storageAccounts/fileServices storage storage FileServiceProperties
Microsoft.Storage/storageAccounts/localUsers storage storage LocalUser
Microsoft.Storage/storageAccounts/queueServices storage storage QueueServiceProperties
Microsoft.Web/sites/basicPublishingCredentialsPolicies web web CsmPublishingCredentialsPoliciesEntity
Microsoft.Web/sites/config web web SiteConfigResource+SiteAuthSettings+SiteAuthSettingsV2+SiteLogsConfig
Microsoft.Web/sites/slots web web Site
"""

HEAD = """\
# Properties of ARM types. Written by scripts/azure_fields.py; do not edit.
#
# Facts of Microsoft's azure-rest-api-specs, by way of Azure/bicep-types-az and of the azure-mgmt packages of PyPI, all of them
# MIT License, Copyright (c) Microsoft Corporation. The licence is in fixtures/azure/examples/LICENSE.azure-rest-api-specs.txt.
#
# `= TYPE @API-VERSION SOURCE` opens a type. Below, one property a line, a level a blank: `NAME KIND VALUE|VALUE`. `[]` at the name
# is a list, one for each level; `*` stands for any name. Kinds: s string, i integer (`i1..35` within bounds), n number, b boolean,
# o object, a anything, O object whose members are not listed, `:NAME` the object that `: NAME` describes. A blank within a value is
# written `~`.
"""

# Bicep knows no fractions: what bicep-types-az calls an integer and is a number.
NUMBERS = ["properties.workspaceCapping.dailyQuotaGb"]

PRIMITIVE = {"str": "s", "int": "i", "float": "n", "bool": "b", "any": "a", "object": "a", "json": "a", "bytes": "s"}


def unlisted(kind):
    """An object of which no member is known is open."""
    return "O" if kind == "o" else kind


class Node:
    def __init__(self):
        self.kind, self.values, self.below = "o", [], {}

    def child(self, name):
        return self.below.setdefault(name, Node())

    def lines(self, level):
        for name, node in sorted(self.below.items()):
            kind = node.kind if node.below else unlisted(node.kind)
            yield " ".join(filter(None, [" " * (level - 1) + name, kind, "|".join(v.replace(" ", "~") for v in node.values)]))
            yield from node.lines(level + 1)


def listed(text):
    """The types of a listing."""
    types, current = {}, None
    for line in text.splitlines():
        if line.startswith("==="):
            name, api = line.split()[1].split("@")
            current = Node()
            types[name] = (api, "bicep-types-az", current)
        elif line.strip():
            path, kind = line.strip().split(": ", 1)
            path = re.sub(r"<[^>]*>", "", path).lstrip(".").replace("[].", "[]\0").replace(".", "\0")
            add_listed(current, path.split("\0"), kind)
    return types


def add_listed(root, steps, kind):
    kind = re.sub(r"( \((?:req|ro|wo)\)| SENSITIVE)+$", "", kind)
    lists = ""
    while kind.startswith("[]"):
        lists, kind = lists + "[]", kind[2:]
    node = root
    for step in steps[:-1]:
        bare = step.replace("[]", "")
        found = [n for n in node.below if n.replace("[]", "") == ("*" if bare == "{*}" else bare)]
        node = node.below[found[0]] if found else node.child("*" if step == "{*}" else step)
    name = steps[-1].replace("[]", "")
    leaf = node.child(("*" if name == "{*}" else name) + lists)
    values = re.findall(r"'([^']*)'", kind)
    if values:
        leaf.kind = "s"
        leaf.values = sorted(set(leaf.values) | set(values))
    elif kind.startswith("object"):
        leaf.kind = "o"
    else:
        bounds = re.fullmatch(r"(string|int|bool|any|number)(\[.*\])?", kind)
        if not bounds:
            raise SystemExit(f"kind not known: {'.'.join(steps)}: {kind}")
        leaf.kind = {"string": "s", "int": "i", "bool": "b", "any": "a", "number": "n"}[bounds[1]]
        if ".".join(steps) in NUMBERS:
            leaf.kind = "n"
        elif leaf.kind == "i" and bounds[2]:
            leaf.kind += bounds[2].strip("[]")


def wire(cls):
    """Attribute -> path on the wire, of a model of either generation."""
    old = getattr(cls, "_attribute_map", None)
    if old is not None:
        return {a: re.split(r"(?<!\\)\.", m["key"]) for a, m in old.items()}
    fields = dict(cls.__new__(cls)._attr_to_rest_field)
    return {a: [f._rest_name] for a, f in fields.items()}


def seconds(cls):
    """The attributes that are seconds since 1970."""
    old = getattr(cls, "_attribute_map", None)
    if old is not None:
        return {a for a, m in old.items() if m["type"] == "unix-time"}
    return {a for a, f in cls.__new__(cls)._attr_to_rest_field.items() if getattr(f, "_format", None) == "unix-timestamp"}


def kinds(cls):
    """Attribute -> type, as the documentation of the class says it."""
    found = {}
    for base in reversed(cls.__mro__):
        doc = re.sub(r"\s+", " ", base.__doc__ or "")
        for name, kind in re.findall(r":vartype (\w+): (.*?)(?= :ivar | :vartype |\.? Variables|$)", doc):
            found[name] = kind.strip()
    return found


def family(cls):
    """The class and what is derived from it."""
    return [cls] + [d for c in cls.__subclasses__() for d in family(c)]


class Models:
    """The models of one package, each described once."""

    def __init__(self, package, models):
        self.package, self.models, self.nodes = package, models, {}

    def describe(self, cls):
        """The name of the definition of a class."""
        name = f"{self.package}.{cls.__name__}"
        if name not in self.nodes:
            self.nodes[name] = Node()
            for member in family(cls):
                self.members(self.nodes[name], member)
        return name

    def members(self, node, cls):
        types = kinds(cls)
        for attribute, path in wire(cls).items():
            kind = "int" if attribute in seconds(cls) else types.get(attribute, "any")
            at = node
            for step in path[:-1]:
                at = at.child(step.replace("\\.", "."))
            lists = ""
            while match := re.fullmatch(r"list\[(.*)\]", kind):
                lists, kind = lists + "[]", match[1]
            leaf = at.child(path[-1].replace("\\.", ".") + lists)
            if match := re.fullmatch(r"dict\[str, (.*)\]", kind):
                leaf.kind = "o"
                lists, kind = "", match[1]
                while match := re.fullmatch(r"list\[(.*)\]", kind):
                    lists, kind = lists + "[]", match[1]
                leaf = leaf.child("*" + lists)
            self.set_kind(leaf, kind)

    def set_kind(self, leaf, kind):
        reference = re.search(r"~azure\.mgmt\.[\w.]*\.(\w+)", kind)
        target = reference and getattr(self.models, reference[1], None)
        if target is None:
            word = kind.replace("str or ", "").strip().lower()
            leaf.kind = "a" if reference else PRIMITIVE.get(word, "s" if "time" in word or "date" in word else "a")
        elif hasattr(target, "__members__"):
            values = [m.value for m in target.__members__.values()]
            leaf.kind = "s" if isinstance(values[0], str) else "n"
            leaf.values = sorted(set(leaf.values) | set(values)) if leaf.kind == "s" else []
        else:
            leaf.kind = ":" + self.describe(target)

    def resource(self, classes):
        """The members of a type that takes one of several shapes."""
        root = Node()
        for cls in classes:
            one = Node()
            for member in family(getattr(self.models, cls)):
                self.members(one, member)
            for name, child in one.below.items():
                there = root.below.setdefault(name, child)
                if there.kind.startswith(":") and there.kind != child.kind:
                    joined = Node()
                    joined.below = {**self.nodes[there.kind[1:]].below, **self.nodes[child.kind[1:]].below}
                    there.kind = f"{there.kind}+{child.kind[1:]}"
                    self.nodes[there.kind[1:]] = joined
        return root


def of_sdk(packages):
    for line in SDK.split("\n"):
        if not line:
            continue
        name, package, module, cls = line.split()
        path = f"azure.mgmt.{module}"
        models = importlib.import_module(f"{path}.models")
        for inner in ("_models", "_models_py3"):
            try:
                importlib.import_module(f"{path}.models.{inner}")
            except ModuleNotFoundError:
                continue
        described = packages.setdefault(path, Models(module, models))
        root = described.resource(cls.split("+"))
        yield name, (api_version(path, module), f"azure-mgmt-{package}=={version('azure-mgmt-' + package)}", root)


def api_version(path, module):
    inside = re.search(r"v(\d{4})_(\d\d)_(\d\d)(_preview)?$", module)
    if inside:
        return "-".join(inside.groups()[:3]) + ("-preview" if inside[4] else "")
    try:
        with open(importlib.import_module(f"{path}._configuration").__file__, encoding="utf-8") as file:
            found = re.search(r'api_version: str = kwargs\.pop\("api_version", "([^"]+)"\)', file.read())
    except ModuleNotFoundError:
        return "-"
    return found[1] if found else "-"


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        types = listed(file.read())
    lower = {t.lower() for t in types}
    packages = {}
    for name, value in of_sdk(packages):
        if name.lower() not in lower:
            types[name] = value
    print(HEAD, end="")
    for name, (api, source, root) in sorted(types.items()):
        print(f"= {name} @{api} {source}")
        for line in root.lines(1):
            print(line)
    for described in packages.values():
        for name, root in sorted(described.nodes.items()):
            print(f": {name}")
            for line in root.lines(1):
                print(line)


if __name__ == "__main__":
    main()
