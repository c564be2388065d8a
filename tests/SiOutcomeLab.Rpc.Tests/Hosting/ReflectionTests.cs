using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Hosting;

public sealed class ReflectionTests : IAsyncLifetime
{
    private TestServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await TestServer.StartAsync(
        services: s =>
        {
            s.AddGrpcHealthChecks();
            s.AddGrpcReflection();
        },
        map: app =>
        {
            app.MapGrpcService<InteropService>();
            app.MapGrpcHealthChecksService();
            app.MapGrpcReflectionService();
        });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task ListServices_NamesAllMapped()
    {
        var answer = await AskAsync(new ServerReflectionRequest { ListServices = "*" });
        Assert.Equal(
            ["grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection", "grpc.testing.TestService"],
            answer.ListServicesResponse.Service.Select(s => s.Name));
    }

    [Theory]
    [InlineData("grpc.testing.TestService")]
    [InlineData("grpc.testing.TestService.UnaryCall")]
    [InlineData("grpc.testing.SimpleRequest")]
    [InlineData("grpc.testing.SimpleRequest.payload")]
    public async Task FileContainingSymbol_Known_GivesTheFile(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        var file = FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto.Single());
        Assert.Equal("grpc.testing", file.Package);
        Assert.Contains("TestService", file.Service.Select(s => s.Name));
    }

    [Theory]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    [InlineData("grpc.health.v1.HealthCheckResponse.SERVING")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING")]
    public async Task FileContainingSymbol_NestedEnum_IsFound(string symbol)
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });
        // Values are named beside their enum, as in C++; the third form is no symbol in protobuf.
        Assert.Equal(symbol.EndsWith("ServingStatus.SERVING", StringComparison.Ordinal), answer.ErrorResponse is not null);
    }

    [Fact]
    public async Task FileByFilename_Known_GivesTheFile()
    {
        var answer = await AskAsync(new ServerReflectionRequest { FileByFilename = "grpc/health/v1/health.proto" });
        Assert.Equal("grpc.health.v1", FileDescriptorProto.Parser.ParseFrom(answer.FileDescriptorResponse.FileDescriptorProto[0]).Package);
    }

    [Fact]
    public async Task Anything_Unknown_IsAnErrorInsideTheStream()
    {
        foreach (var request in new[]
        {
            new ServerReflectionRequest { FileContainingSymbol = "no.Thing" },
            new ServerReflectionRequest { FileByFilename = "no.proto" },
            new ServerReflectionRequest { AllExtensionNumbersOfType = "no.Thing" },
            new ServerReflectionRequest { FileContainingExtension = new ExtensionRequest { ContainingType = "no.Thing", ExtensionNumber = 1 } },
        })
        {
            var answer = await AskAsync(request);
            Assert.Equal((int)StatusCode.NotFound, answer.ErrorResponse.ErrorCode);
            Assert.Equal(request, answer.OriginalRequest);
        }
    }

    [Fact]
    public async Task ExtensionNumbers_TypeWithoutAny_AreNone()
    {
        var answer = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "grpc.testing.Empty" });
        Assert.Empty(answer.AllExtensionNumbersResponse.ExtensionNumber);
    }

    private async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        using var call = new ServerReflection.ServerReflectionClient(_server.Channel()).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request).Soon();
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        var answer = call.ResponseStream.Current;
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext().Soon());
        return answer;
    }
}
