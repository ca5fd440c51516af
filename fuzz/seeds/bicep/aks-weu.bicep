import { serviceLevels } from '../../shared.bicep'

@description('The region of the resources.')
param location string

@description('The subscriptions of the bank, by what they are for.')
param subscriptionIds object

@description('The tenant of the bank.')
param tenantId string

resource logPlatformWeu 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  scope: resourceGroup(subscriptionIds.platform, 'rg-monitoring-weu')
  name: 'log-platform-weu'
}

resource aksQm3Weu 'Microsoft.ContainerService/managedClusters@2025-05-01' = {
  name: 'aks-qm-3-weu'
  location: location
  tags: union(serviceLevels.critical, {
    data_class: 'confidential'
    domain: 'platform'
    environment: 'production'
    owner: 'platform@quillmark.example'
    services: '76'
  })
  sku: {
    name: 'Base'
    tier: 'Standard'
  }
  identity: {
    type: 'SystemAssigned'
  }
  properties: {
    aadProfile: {
      enableAzureRBAC: true
      managed: true
      tenantID: tenantId
    }
    agentPoolProfiles: [
      {
        availabilityZones: [
          '1'
          '2'
          '3'
        ]
        count: 9
        enableAutoScaling: true
        enableEncryptionAtHost: true
        enableNodePublicIP: false
        maxCount: 24
        minCount: 3
        mode: 'System'
        name: 'work'
        osSKU: 'AzureLinux'
        osType: 'Linux'
        type: 'VirtualMachineScaleSets'
        vmSize: 'Standard_D8ds_v5'
      }
    ]
    apiServerAccessProfile: {
      disableRunCommand: true
      enablePrivateCluster: true
    }
    disableLocalAccounts: true
    dnsPrefix: 'aks-qm-3-weu'
    enableRBAC: true
    kubernetesVersion: '1.33'
    networkProfile: {
      networkPlugin: 'azure'
      networkPolicy: 'cilium'
      outboundType: 'userDefinedRouting'
    }
    nodeResourceGroup: 'MC_aks-qm-3-weu'
    oidcIssuerProfile: {
      enabled: true
    }
    securityProfile: {
      workloadIdentity: {
        enabled: true
      }
    }
  }
}

resource aksQm3WeuDiagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: aksQm3Weu
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
