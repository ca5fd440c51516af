import { keyRotation, serviceLevels } from '../../shared.bicep'

@description('The region of the resources.')
param location string

@description('The subscriptions of the bank, by what they are for.')
param subscriptionIds object

@description('The tenant of the bank.')
param tenantId string

resource idMyPortalEsRepWeu 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup('rg-identities-weu')
  name: 'id-my-portal-es-rep-weu'
}

resource idMyPortalEsWeu 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup('rg-identities-weu')
  name: 'id-my-portal-es-weu'
}

resource idMyPortalPlWeu 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup('rg-identities-weu')
  name: 'id-my-portal-pl-weu'
}

resource logPlatformWeu 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  scope: resourceGroup(subscriptionIds.platform, 'rg-monitoring-weu')
  name: 'log-platform-weu'
}

resource kvQmPortalNeu 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-qm-portal-neu'
  location: location
  tags: union(serviceLevels.high, {
    data_class: 'confidential'
    domain: 'portal'
    environment: 'production'
    owner: 'portal@quillmark.example'
  })
  properties: {
    accessPolicies: []
    enablePurgeProtection: true
    enableRbacAuthorization: true
    enableSoftDelete: true
    enabledForDeployment: false
    enabledForDiskEncryption: false
    enabledForTemplateDeployment: false
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: 'Deny'
      ipRules: []
      virtualNetworkRules: []
    }
    publicNetworkAccess: 'Disabled'
    sku: {
      family: 'A'
      name: 'premium'
    }
    softDeleteRetentionInDays: 90
    tenantId: tenantId
  }
}

resource kvQmPortalNeuDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: kvQmPortalNeu
  name: 'to-platform-log'
  properties: {
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
    workspaceId: logPlatformWeu.id
  }
}

resource cmkMyPortalEsGeo 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: kvQmPortalNeu
  name: 'cmk-my-portal-es-geo'
  location: location
  tags: {
    domain: 'portal'
  }
  properties: {
    attributes: {
      exp: 1819850400
      exportable: false
      nbf: 1788314400
    }
    keyOps: [
      'wrapKey'
      'unwrapKey'
    ]
    keySize: 3072
    kty: 'RSA-HSM'
    rotationPolicy: keyRotation
  }
}

resource kvQmPortalNeuRole1308 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: kvQmPortalNeu
  name: guid(kvQmPortalNeu.id, idMyPortalEsWeu.id, 'crypto-service-encryption-user')
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      'e147488a-f6f5-4113-8e2d-b22465e65bf6'
    )
    principalId: idMyPortalEsWeu.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource cmkMyPortalPlGeo 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: kvQmPortalNeu
  name: 'cmk-my-portal-pl-geo'
  location: location
  tags: {
    domain: 'portal'
  }
  properties: {
    attributes: {
      exp: 1819850400
      exportable: false
      nbf: 1788314400
    }
    keyOps: [
      'wrapKey'
      'unwrapKey'
    ]
    keySize: 3072
    kty: 'RSA-HSM'
    rotationPolicy: keyRotation
  }
}

resource kvQmPortalNeuRole0d9a 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: kvQmPortalNeu
  name: guid(kvQmPortalNeu.id, idMyPortalPlWeu.id, 'crypto-service-encryption-user')
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      'e147488a-f6f5-4113-8e2d-b22465e65bf6'
    )
    principalId: idMyPortalPlWeu.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource cmkMyPortalEsRepGeo 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: kvQmPortalNeu
  name: 'cmk-my-portal-es-rep-geo'
  location: location
  tags: {
    domain: 'portal'
  }
  properties: {
    attributes: {
      exp: 1819850400
      exportable: false
      nbf: 1788314400
    }
    keyOps: [
      'wrapKey'
      'unwrapKey'
    ]
    keySize: 3072
    kty: 'RSA-HSM'
    rotationPolicy: keyRotation
  }
}

resource kvQmPortalNeuRoleB643 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: kvQmPortalNeu
  name: guid(kvQmPortalNeu.id, idMyPortalEsRepWeu.id, 'crypto-service-encryption-user')
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      'e147488a-f6f5-4113-8e2d-b22465e65bf6'
    )
    principalId: idMyPortalEsRepWeu.properties.principalId
    principalType: 'ServicePrincipal'
  }
}
