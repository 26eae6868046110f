Register-ArgumentCompleter -Native -CommandName 'orgshake' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # The words without quotes. Nothing is evaluated: a word with a variable or a command stays as typed.
    $words = @('powershell')
    $typed = $false
    foreach ($element in $commandAst.CommandElements) {
        if ($element.Extent.StartOffset -ge $cursorPosition) { break }
        if ($element.Extent.EndOffset -gt $cursorPosition) { return }
        $typed = $element.Extent.EndOffset -eq $cursorPosition
        if ($element -is [System.Management.Automation.Language.StringConstantExpressionAst]) {
            $words += $element.Value
        } else {
            $words += $element.Extent.Text
        }
    }
    if (-not $typed) { $words += '' }
    if (($words -join '') -match '[\r\n]') { return }

    # Pass the words in the variable: older versions drop empty arguments and quotes.
    $before = $env:ORGSHAKE_COMPLETE
    $encoding = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        $env:ORGSHAKE_COMPLETE = $words -join "`n"
        $offered = @(& (Get-Command -Name orgshake -CommandType Application | Select-Object -First 1))
    } finally {
        $env:ORGSHAKE_COMPLETE = $before
        [Console]::OutputEncoding = $encoding
    }

    foreach ($line in $offered) {
        $value, $help = $line -split "`t", 2
        if (-not $value) { continue }
        if (-not $help) { $help = $value }
        $quoted = $value
        if ($value -cnotmatch '^[A-Za-z0-9_./:=%+\\-]+$') {
            $quoted = "'" + [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($value) + "'"
        }
        [System.Management.Automation.CompletionResult]::new($quoted, $value, 'ParameterValue', $help)
    }
}
