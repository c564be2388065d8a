using System.Text.RegularExpressions;
using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Tests.Telemetry;

/// <summary>What the hub tells a collector: enough to run it by, and nothing of anybody's.</summary>
public sealed partial class TelemetryContentTests
{
    private const string Canary = "canary7f3a91";

    // All that an attribute may be called. A new one is added here by somebody who has thought of what it may hold.
    private static readonly string[] Known =
    [
        "rpc.system.name", "rpc.method", "rpc.response.status_code", "error.type", "silab.outcome", "silab.rule", "silab.severity",
        "network.transport", "network.type", "network.protocol.name", "network.protocol.version", "server.address", "server.port",
        "tls.protocol.version", "gc.heap.generation", "dotnet.gc.heap.generation", "cpu.mode",
    ];

    [Fact]
    public async Task Export_OfAWorkingDay_HoldsNoTokenNoPseudonymAndNoCallersText()
    {
        using var exported = new Exported();
        await using var hub = await TestHub.StartAsync();
        var headers = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        var token = headers.GetValue("authorization")!["Bearer ".Length..];
        headers.Add("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
        headers.Add("tracestate", $"vendor={Canary}");
        headers.Add("baggage", $"person={Canary}");
        headers.Add("user-agent", Canary);
        await hub.LoadNswAsync(headers);
        await hub.WaitForEffectsAsync("nsw-entropy-balancing", headers);
        await Assert.ThrowsAsync<RpcException>(async () => await hub.Intake.GetSubmissionAsync(new GetSubmissionRequest { Name = $"submissions/{Canary}" }, headers));
        await Assert.ThrowsAsync<RpcException>(async () => await hub.Effects.GetEffectAsync(new GetEffectRequest { Name = $"effects/{Canary}" }, headers));
        await Assert.ThrowsAsync<RpcException>(async () => await UnknownCallAsync(hub, headers));
        // One meter's figures may be written a moment before another's.
        string[] awaited = ["silab.run.duration", "silab.upload.bytes", "silab.submissions", "silab.disk.free", "rpc.server.call.duration"];
        await UntilAsync(() => awaited.All(exported.Names.Contains) && exported.Texts.Contains("error.type=SUBMISSION_UNKNOWN"));

        Assert.Contains("rpc.server.call.duration", exported.Names);
        Assert.Contains("silab.disk.free", exported.Names);
        Assert.Contains("silab.submissions", exported.Names);
        Assert.Contains("silab.upload.bytes", exported.Names);
        Assert.Contains("silab.outcome=accepted", exported.Texts);
        Assert.Contains("silab.run", exported.Names);
        Assert.Contains("rpc.method=sioutcomelab.effects.v1.EffectService/ListEffects", exported.Texts);
        Assert.Contains("silab.outcome=succeeded", exported.Texts);
        Assert.DoesNotContain(exported.Names.Concat(exported.Texts), t => t.Contains(Canary, StringComparison.Ordinal));
        Assert.DoesNotContain(exported.Texts, t => t.Contains(token, StringComparison.Ordinal) || t.Contains("0123456789abcdef", StringComparison.Ordinal));
        Assert.NotEmpty(exported.Lineages);
        Assert.DoesNotContain(exported.Lineages, t => t.Contains("0123456789abcdef", StringComparison.Ordinal));
        Assert.DoesNotContain(exported.Texts, t => Hexadecimal().IsMatch(t));
        Assert.DoesNotContain(exported.Texts, t => t.Contains(TestHub.NswOrganisation, StringComparison.Ordinal));
        Assert.Empty(exported.Texts.Where(t => t.Contains('=', StringComparison.Ordinal)).Select(t => t.Split('=')[0]).Distinct().Except(Known));
    }

    private static async Task UnknownCallAsync(TestHub hub, Metadata headers)
    {
        var method = new Method<GetEffectRequest, Effect>(
            MethodType.Unary, "sioutcomelab." + Canary, "Call", Marshallers.Create(_ => Array.Empty<byte>(), _ => new GetEffectRequest()), Marshallers.Create(_ => Array.Empty<byte>(), _ => new Effect()));
        await hub.Channel.CreateCallInvoker().AsyncUnaryCall(method, null, new CallOptions(headers, Deadline.In(TestHub.Timeout)), new GetEffectRequest());
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        for (var waited = 0; !isSo() && waited < 900; waited++) await Task.Delay(100, Cancel.Token);
        Assert.True(isSo(), "What was to be exported never came.");
    }

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Hexadecimal();
}
