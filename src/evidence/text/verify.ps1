# Verifies a bundle of evidence with Windows alone: Get-FileHash and the ssh-keygen of OpenSSH. Reads only.
# usage: powershell -File verify.ps1 [KEY.pem]   KEY.pem is the public key that must have signed.
# It checks the files, the ledger and the SSH signature; verify.sh checks the statement and the time stamp too.
param([string]$Key = '')
$ErrorActionPreference = 'Stop'
if ($Key) { $Key = (Resolve-Path -LiteralPath $Key).Path }
Set-Location -LiteralPath $PSScriptRoot
$script:broken = 0
function Good($text) { Write-Output "ok      $text" }
function Bad($text) { Write-Output "BROKEN  $text"; $script:broken = 1 }
$root = (Get-Location).Path
$listed = New-Object 'System.Collections.Generic.Dictionary[string,string]' ([StringComparer]::Ordinal)
foreach ($line in [IO.File]::ReadAllLines("$root\MANIFEST.sha256")) {
    if ($line -cnotmatch '^([0-9a-f]{64})  ([A-Za-z0-9._/-]+)$') { Bad 'MANIFEST.sha256 has a line that is none'; continue }
    $listed[$Matches[2]] = $Matches[1]
}
$known = '', '.sig', '.sigstore.json', '.pub.pem', '.allowed_signers', '.tsr' | ForEach-Object { "MANIFEST.sha256$_" }
$found = 0
foreach ($file in Get-ChildItem -LiteralPath $root -Recurse -Force -File) {
    $name = $file.FullName.Substring($root.Length + 1).Replace('\', '/')
    if ($known -ccontains $name) { continue }
    $digest = $null
    if (-not $listed.TryGetValue($name, [ref]$digest)) { Bad "added: $name"; continue }
    $found++
    if ((Get-FileHash -Algorithm SHA256 -LiteralPath $file.FullName).Hash.ToLowerInvariant() -cne $digest) { Bad "changed: $name" }
}
if ($found -ne $listed.Count) { Bad "$($listed.Count - $found) files are missing" }
if (-not $script:broken) { Good "MANIFEST.sha256: $found files, none added or removed" }

$sha = [Security.Cryptography.SHA256]::Create()
$prev = '0' * 64
$n = 0
foreach ($line in [IO.File]::ReadAllLines("$root\ledger.jsonl")) {
    $n++
    if ($line -cnotmatch '"prev":"([0-9a-f]{64})"' -or $Matches[1] -cne $prev) { Bad "ledger.jsonl breaks at line $n"; break }
    $prev = -join ($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($line)) | ForEach-Object { $_.ToString('x2') })
}
$bundle = [IO.File]::ReadAllText("$root\bundle.json") | ConvertFrom-Json
if ($bundle.ledger.head -ceq $prev -and $bundle.ledger.entries -eq $n) { Good "ledger.jsonl: $n lines, head $prev" }
else { Bad 'ledger.jsonl does not end as bundle.json says' }

if ($Key -or (Test-Path -LiteralPath MANIFEST.sha256.sig)) {
    $pub = if ($Key) { $Key } else { "$root\MANIFEST.sha256.pub.pem" }
    if (-not $Key) { Write-Output 'note    the key came with the bundle: compare it with the one that the firm publishes' }
    $ssh = (& ssh-keygen -i -m PKCS8 -f $pub | Select-Object -First 1)
    $lines = @([IO.File]::ReadAllLines("$root\MANIFEST.sha256.allowed_signers"))
    $who = ($lines[0] -split ' ')[0]
    $plain = $who -cmatch '^[A-Za-z0-9._@+][A-Za-z0-9._@+-]*$'
    if ($plain -and $ssh -and $lines.Count -eq 1 -and $lines[0] -ceq "$who namespaces=""evidence@assize"" $ssh") {
        # The pipe of PowerShell would change line ends, so cmd hands the file over.
        & cmd /c "ssh-keygen -Y verify -f MANIFEST.sha256.allowed_signers -I $who -n evidence@assize -s MANIFEST.sha256.sig < MANIFEST.sha256"
        if ($LASTEXITCODE -eq 0) { Good "MANIFEST.sha256.sig: signed as $who" } else { Bad 'MANIFEST.sha256.sig does not hold' }
    }
    else { Bad "MANIFEST.sha256.sig does not hold for $pub" }
}
else { Write-Output 'note    the bundle is not signed' }
if ($script:broken) { Write-Output 'NOT verified' } else { Write-Output 'verified' }
exit $script:broken
