# Installs Packetpress on Windows: downloads the newest release, checks it, and puts the program where your account finds it.
#
#   powershell -ExecutionPolicy Bypass -File install.ps1
$ErrorActionPreference = 'Stop'

$repository = 'OWNER/packetpress' # The release workflow puts the real name here.
$releases = "https://github.com/$repository/releases/latest/download"
$target = 'x86_64-pc-windows-msvc'
$folder = Join-Path $env:LOCALAPPDATA 'Programs\Packetpress'
$scratch = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
New-Item -ItemType Directory -Path $scratch | Out-Null
try {
    [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
    $ProgressPreference = 'SilentlyContinue'
    Invoke-WebRequest -UseBasicParsing "$releases/SHA256SUMS" -OutFile "$scratch\SHA256SUMS"
    $line = Get-Content "$scratch\SHA256SUMS" | Where-Object { $_ -match "  (packetpress-[0-9.]+-$target\.zip)$" } | Select-Object -First 1
    if (-not $line) { throw "the newest release has no download for $target" }
    $expected, $archive = $line -split '\s+', 2
    Write-Host "Downloading $archive"
    Invoke-WebRequest -UseBasicParsing "$releases/$archive" -OutFile "$scratch\$archive"
    $found = (Get-FileHash "$scratch\$archive" -Algorithm SHA256).Hash.ToLower()
    if ($found -ne $expected) { throw 'the download is damaged; try again' }
    Expand-Archive "$scratch\$archive" -DestinationPath $scratch
    New-Item -ItemType Directory -Force -Path $folder | Out-Null
    $name = [IO.Path]::GetFileNameWithoutExtension($archive)
    Move-Item -Force "$scratch\$name\packetpress.exe" "$folder\packetpress.exe"
    & "$folder\packetpress.exe" --version
    $path = [Environment]::GetEnvironmentVariable('Path', 'User')
    if (($path -split ';') -notcontains $folder) {
        [Environment]::SetEnvironmentVariable('Path', "$path;$folder", 'User')
    }
    Write-Host "Installed $folder\packetpress.exe"
    Write-Host 'Next: open a new terminal, and type: packetpress new'
}
finally {
    Remove-Item -Recurse -Force $scratch
}
