// A nightly sweep as a job of Azure Container Apps with a managed identity.
@description('The environment of Container Apps that the job runs in.')
param environmentId string

@description('The identity that reads, by resource id. It needs the role of `assize preflight --role`.')
param identityId string

@description('The client id of that identity.')
param clientId string

@description('The image, pinned by its digest.')
param image string

@description('The settings, the text of assize.yaml. The store in them is a container of Azure Blob Storage.')
@secure()
param settings string

param location string = resourceGroup().location

resource sweep 'Microsoft.App/jobs@2024-03-01' = {
  name: 'assize-sweep'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    configuration: {
      triggerType: 'Schedule'
      replicaTimeout: 21600
      // 1 and 3 are answers and no reason to run again.
      replicaRetryLimit: 0
      scheduleTriggerConfig: {
        cronExpression: '0 2 * * *'
        parallelism: 1
        replicaCompletionCount: 1
      }
      secrets: [
        {
          name: 'settings'
          value: settings
        }
      ]
    }
    template: {
      containers: [
        {
          name: 'assize'
          image: image
          args: [
            'sweep'
            '--config'
            '/etc/assize/assize.yaml'
            '--label'
            'container-apps'
          ]
          env: [
            {
              name: 'AZURE_CLIENT_ID'
              value: clientId
            }
          ]
          resources: {
            cpu: json('1.0')
            memory: '2Gi'
          }
          volumeMounts: [
            {
              volumeName: 'settings'
              mountPath: '/etc/assize'
            }
          ]
        }
      ]
      volumes: [
        {
          name: 'settings'
          storageType: 'Secret'
          secrets: [
            {
              secretRef: 'settings'
              path: 'assize.yaml'
            }
          ]
        }
      ]
    }
  }
}
