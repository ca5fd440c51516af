terraform {
  required_providers {
    azurerm = { source = "hashicorp/azurerm", version = "~> 4.0" }
  }
}
variable "x" {
  type    = map(object({ sku = optional(string, "premium"), n = number }))
  default = { a = { n = 1 }, b = { sku = "standard", n = 2 } }
}
locals {
  names = [for k, v in var.x : upper(k) if v.n > 0]
  all   = merge({ for n in local.names : n => try(var.x[lower(n)].sku, "none") }, { z = 1 })
}
resource "azurerm_key_vault" "a" {
  for_each                 = var.x
  name                     = "kv-${each.key}"
  resource_group_name      = "rg"
  location                 = "westeurope"
  sku_name                 = each.value.sku
  purge_protection_enabled = length(local.names) == 2 ? true : null
  dynamic "network_acls" {
    for_each = [1]
    content {
      default_action = "Deny"
      bypass         = "AzureServices"
    }
  }
}
resource "azurerm_key_vault_key" "k" {
  count        = 2
  name         = format("k%02d", count.index)
  key_vault_id = azurerm_key_vault.a["a"].id
  key_type     = "RSA"
  tags = jsondecode(<<-EOT
    {"a": "%{ for i in [1, 2] }${i}%{ endfor }"}
  EOT
  )
}
module "m" {
  source = "./m"
  x      = values(azurerm_key_vault.a)[*].id
}
resource "azapi_resource" "z" {
  type      = "Microsoft.KeyVault/vaults@2023-07-01"
  name      = "z"
  parent_id = "/subscriptions/s/resourceGroups/g"
  body      = jsonencode({ properties = { sku = { name = "premium" } } })
}
