import { keyRotation, serviceLevels } from '../../shared.bicep'

@description('The region of the resources.')
param location string

@description('The subscriptions of the bank, by what they are for.')
param subscriptionIds object

@description('The tenant of the bank.')
param tenantId string

resource idMyDocumentsBeWeu 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup('rg-identities-weu')
  name: 'id-my-documents-be-weu'
}

resource logPlatformWeu 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  scope: resourceGroup(subscriptionIds.platform, 'rg-monitoring-weu')
  name: 'log-platform-weu'
}

resource kvQmDocumentsNeu 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-qm-documents-neu'
  location: location
  tags: union(serviceLevels.high, {
    data_class: 'confidential'
    domain: 'documents'
    environment: 'production'
    owner: 'documents@quillmark.example'
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

resource kvQmDocumentsNeuDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: kvQmDocumentsNeu
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

resource cmkMyDocumentsBeGeo 'Microsoft.KeyVault/vaults/keys@2024-11-01' = {
  parent: kvQmDocumentsNeu
  name: 'cmk-my-documents-be-geo'
  location: location
  tags: {
    domain: 'documents'
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

resource kvQmDocumentsNeuRole4672 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: kvQmDocumentsNeu
  name: guid(kvQmDocumentsNeu.id, idMyDocumentsBeWeu.id, 'crypto-service-encryption-user')
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      'e147488a-f6f5-4113-8e2d-b22465e65bf6'
    )
    principalId: idMyDocumentsBeWeu.properties.principalId
    principalType: 'ServicePrincipal'
  }
}
