using System.Diagnostics;

namespace SiOutcomeLab.EndToEnd.Tests;

/// <summary>Foreign programs that some tests need.</summary>
internal static class Programs
{
    /// <summary>Skips the test when something is not installed; with <c>SILAB_REQUIRE=all</c> it fails instead.</summary>
    public static void Need(bool isThere, string what)
    {
        if (isThere) return;
        Assert.False(Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all", $"{what} is required and not installed.");
        Assert.Skip($"Left out: {what} is not installed.");
    }

    public static bool Runs(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(Start(program, arguments))!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit(20_000);
            return process is { HasExited: true, ExitCode: 0 };
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a program to its end and gives its standard output; fails the test when it fails.</summary>
    public static async Task<string> OutputOfAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Start(program, arguments))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(Cancel.Token), process.StandardError.ReadToEndAsync(Cancel.Token));
        await process.WaitForExitAsync(Cancel.Token).WaitAsync(TimeSpan.FromSeconds(180), Cancel.Token);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await error} {await output}");
        return await output;
    }

    public static ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return start;
    }
}

/// <summary>The token that ends every await of a test.</summary>
internal static class Cancel
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
