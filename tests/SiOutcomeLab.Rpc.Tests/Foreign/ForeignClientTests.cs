using System.Text.Json;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Foreign;

/// <summary>The interop cases with other people's clients against our server.</summary>
public sealed class ForeignClientTests
{
    [Fact]
    public async Task InteropCases_GrpcJs_AllPass()
    {
        var folder = ForeignTool.RequireNodeModules();
        await using var server = await TestServer.StartAsync(o => o.ResponseCompressionAlgorithm = "gzip");
        Check(await ForeignTool.RunAsync("node", ForeignTool.Script("interop.mjs"), folder, ForeignTool.Proto, $"{server.Port}"), server);
    }

    [Fact]
    public async Task InteropCases_Grpcio_AllPass()
    {
        await ForeignTool.RequireGrpcioAsync();
        await using var server = await TestServer.StartAsync(o => o.ResponseCompressionAlgorithm = "gzip");
        Check(await ForeignTool.RunAsync(ForeignTool.Python, ForeignTool.Script("interop.py"), "client", ForeignTool.Proto, $"{server.Port}"), server);
        // Not asked of grpc-js: Node ends a cancelled stream with END_STREAM before it resets it, so the server may see a clean end.
        Assert.True(server.Witness.Cancelled.TryTake(out _, Patience.Limit));
    }

    private static void Check((int ExitCode, string Output, string Error) run, TestServer server)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        var results = run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)
            .ToDictionary(r => r.GetProperty("case").GetString()!, r => r.GetProperty("error").GetString());
        Assert.Equal(InteropCases.All.Keys.Order(), results.Keys.Order());
        Assert.All(results, r => Assert.True(r.Value is null, $"{r.Key}: {r.Value}"));
        // Three cases cancel or time out: none of them may look like a fault of the handler.
        Assert.DoesNotContain(server.Log.Lines, l => l.Event == "HandlerThrew");
    }
}
