using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Rpc.Tests.Interop;

namespace SiOutcomeLab.Rpc.Tests.Server;

/// <summary>Handlers that a test writes in place.</summary>
internal sealed class Script
{
    public Func<SimpleRequest, ServerCallContext, Task<SimpleResponse>> Unary { get; set; } = (_, _) => Task.FromResult(new SimpleResponse());

    public Func<IAsyncStreamReader<StreamingInputCallRequest>, ServerCallContext, Task<StreamingInputCallResponse>> Input { get; set; } =
        (_, _) => Task.FromResult(new StreamingInputCallResponse());

    public Func<StreamingOutputCallRequest, IServerStreamWriter<StreamingOutputCallResponse>, ServerCallContext, Task> Output { get; set; } =
        (_, _, _) => Task.CompletedTask;

    public Func<IAsyncStreamReader<StreamingOutputCallRequest>, IServerStreamWriter<StreamingOutputCallResponse>, ServerCallContext, Task> Duplex
    {
        get;
        set;
    } = (_, _, _) => Task.CompletedTask;

    public int ServicesMade { get; set; }

    public int ServicesDisposed { get; set; }

    public static async Task<(TestServer Server, Script Script)> StartAsync(Action<Grpc.AspNetCore.Server.GrpcServiceOptions>? grpc = null)
    {
        var script = new Script();
        var server = await TestServer.StartAsync(grpc, s => s.AddSingleton(script), app => app.MapGrpcService<ScriptedService>());
        return (server, script);
    }
}

/// <summary>Runs the script.</summary>
internal sealed class ScriptedService : TestService.TestServiceBase, IDisposable
{
    private readonly Script _script;

    public ScriptedService(Script script)
    {
        _script = script;
        script.ServicesMade++;
    }

    public override Task<SimpleResponse> UnaryCall(SimpleRequest request, ServerCallContext context) => _script.Unary(request, context);

    public override Task<StreamingInputCallResponse> StreamingInputCall(
        IAsyncStreamReader<StreamingInputCallRequest> requestStream, ServerCallContext context) => _script.Input(requestStream, context);

    public override Task StreamingOutputCall(
        StreamingOutputCallRequest request, IServerStreamWriter<StreamingOutputCallResponse> responseStream, ServerCallContext context) =>
        _script.Output(request, responseStream, context);

    public override Task FullDuplexCall(
        IAsyncStreamReader<StreamingOutputCallRequest> requestStream,
        IServerStreamWriter<StreamingOutputCallResponse> responseStream,
        ServerCallContext context) => _script.Duplex(requestStream, responseStream, context);

    public void Dispose() => _script.ServicesDisposed++;
}
