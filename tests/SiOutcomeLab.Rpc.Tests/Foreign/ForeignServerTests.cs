using System.Globalization;
using Grpc.Net.Client;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Foreign;

/// <summary>The interop cases with our client against grpcio's server.</summary>
public sealed class ForeignServerTests
{
    [Fact]
    public async Task InteropCases_AgainstGrpcio_AllPass()
    {
        await ForeignTool.RequireGrpcioAsync();
        using var process = ForeignTool.Start(ForeignTool.Python, ForeignTool.Script("interop.py"), "server", ForeignTool.Proto);
        try
        {
            var port = int.Parse((await process.StandardOutput.ReadLineAsync().Soon())!, CultureInfo.InvariantCulture);
            using var channel = GrpcChannel.ForAddress($"http://127.0.0.1:{port}");
            foreach (var (name, run) in InteropCases.All)
            {
                // grpcio's handlers cannot see whether a request came compressed, so these two have nothing to refuse.
                if (name.StartsWith("client_compressed", StringComparison.Ordinal)) continue;
                var failure = await Record.ExceptionAsync(() => run(channel, null).Soon());
                Assert.True(failure is null, $"{name}: {failure}");
            }
        }
        finally
        {
            process.StandardInput.Close();
            using var limit = new CancellationTokenSource(Patience.Limit);
            await process.WaitForExitAsync(limit.Token);
        }
    }
}
