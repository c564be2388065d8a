using System.Diagnostics;

namespace SiOutcomeLab.Conformance.Tests;

/// <summary>The wire contract passes buf's STANDARD and COMMENTS rules, as <c>protos/buf.yaml</c> sets them.</summary>
public sealed class ProtoLintTests
{
    [Fact]
    public async Task Contract_PassesBufLint()
    {
        var buf = Path.Combine(Repository.Root, "tests", "foreign", "node_modules", ".bin", "buf");
        if (!File.Exists(buf))
        {
            Assert.False(Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all", "buf is required and not installed (npm ci --prefix tests/foreign).");
            Assert.Skip("Left out: buf is not installed (npm ci --prefix tests/foreign).");
        }

        var start = new ProcessStartInfo(buf, ["lint"]) { WorkingDirectory = Path.Combine(Repository.Root, "protos"), RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken) + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, said);
    }
}
