using Grpc.Core;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Interop;

/// <summary>The 18 cases of gRPC's interop-test-descriptions.md that need no cloud, with our own client.</summary>
public sealed class InteropTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(o => o.ResponseCompressionAlgorithm = "gzip");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string> Cases => [.. InteropCases.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public Task InteropCase_OwnClient_Passes(string name) => InteropCases.All[name](_server.Channel(), _server).Soon();

    [Fact]
    public void InteropCases_AreTheEighteen() => Assert.Equal(18, InteropCases.All.Count);
}
