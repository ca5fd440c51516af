import { serviceLevels } from '../../shared.bicep'

@description('The region of the resources.')
param location string

@description('The subscriptions of the bank, by what they are for.')
param subscriptionIds object

@description('The tenant of the bank.')
param tenantId string

resource idMyMessagingItNeu 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  scope: resourceGroup('rg-identities-neu')
  name: 'id-my-messaging-it-neu'
}

resource logPlatformWeu 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  scope: resourceGroup(subscriptionIds.platform, 'rg-monitoring-weu')
  name: 'log-platform-weu'
}

resource kvQmMessagingNeu 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-qm-messaging-neu'
  location: location
  tags: union(serviceLevels.high, {
    data_class: 'confidential'
    domain: 'messaging'
    environment: 'production'
    owner: 'messaging@quillmark.example'
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

resource kvQmMessagingNeuDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: kvQmMessagingNeu
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

resource myQmMessagingItNeu 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
  name: 'my-qm-messaging-it-neu'
  location: location
  tags: union(serviceLevels.low, {
    country: 'IT'
    data_class: 'internal'
    domain: 'messaging'
    environment: 'production'
    owner: 'messaging@quillmark.example'
  })
  sku: {
    name: 'Standard_D2ds_v5'
    tier: 'GeneralPurpose'
  }
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${idMyMessagingItNeu.id}': {}
    }
  }
  properties: {
    administratorLogin: 'bankadmin'
    availabilityZone: '1'
    backup: {
      backupIntervalHours: 24
      backupRetentionDays: 30
      geoRedundantBackup: 'Disabled'
    }
    dataEncryption: {
      type: 'SystemManaged'
    }
    highAvailability: {
      mode: 'Disabled'
    }
    maintenanceWindow: {
      customWindow: 'Enabled'
      dayOfWeek: 0
      startHour: 2
      startMinute: 0
    }
    network: {
      publicNetworkAccess: 'Disabled'
    }
    storage: {
      autoGrow: 'Enabled'
      autoIoScaling: 'Enabled'
      iops: 1200
      logOnDisk: 'Disabled'
      storageSizeGB: 256
      storageSku: 'Premium_LRS'
    }
    version: '8.0.21'
  }

  resource requireSecureTransport 'configurations' = {
    name: 'require_secure_transport'
    properties: {
      value: 'ON'
      source: 'user-override'
    }
  }

  resource tlsVersion 'configurations' = {
    name: 'tls_version'
    properties: {
      value: 'TLSv1.2,TLSv1.3'
      source: 'user-override'
    }
  }

  resource aadAuthOnly 'configurations' = {
    name: 'aad_auth_only'
    properties: {
      value: 'ON'
      source: 'user-override'
    }
  }

  resource auditLogEnabled 'configurations' = {
    name: 'audit_log_enabled'
    properties: {
      value: 'ON'
      source: 'user-override'
    }
  }

  resource eventScheduler 'configurations' = {
    name: 'event_scheduler'
    properties: {
      value: 'OFF'
      source: 'user-override'
    }
  }

  resource messagingCore 'databases' = {
    name: 'messaging_core'
    properties: {
      charset: 'utf8mb4'
      collation: 'utf8mb4_0900_ai_ci'
    }
  }

  resource messagingIt 'databases' = {
    name: 'messaging_it'
    properties: {
      charset: 'utf8mb4'
      collation: 'utf8mb4_0900_ai_ci'
    }
  }

  resource ActiveDirectory 'administrators' = {
    name: 'ActiveDirectory'
    properties: {
      administratorType: 'ActiveDirectory'
      identityResourceId: idMyMessagingItNeu.id
      login: 'sg-messaging-dba'
      sid: '5c1f0000-193c-4000-8000-9f3092a1227a'
      tenantId: tenantId
    }
  }
}

resource myQmMessagingItNeuDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: myQmMessagingItNeu
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
