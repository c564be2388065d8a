using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Protos.Intake.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Identity;

/// <summary>Runs alone: what it measures is the whole process's memory.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What the door does with bodies that it should not read, and streams that do not come.</summary>
[Collection(nameof(Alone))]
public sealed class DoorTests
{
    private const string Path = "sioutcomelab.intake.v1.IntakeService/GetSubmission";

    [Theory]
    [InlineData(false, "16")]
    [InlineData(true, "8")]
    public async Task GzipBomb_OfFourMegabytes_IsRefusedInSixtyFour(bool isKnown, string status)
    {
        await using var hub = await TestHub.StartAsync();
        var token = isKnown ? (await hub.HeadersAsync("9901", Role.Submitter))[0].Value : null;

        // 4 MB on the wire, some 4 GB inflated: gzip members of zeros one after another.
        var member = Gzip(new byte[64 << 20]);
        var body = new byte[5 + (4_000_000 / member.Length * member.Length)];
        body[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(1), body.Length - 5);
        for (var at = 5; at < body.Length; at += member.Length) member.CopyTo(body, at);
        using var client = new HttpClient { BaseAddress = hub.Running.GrpcAddress };

        // Warm, but with a message that weighs nothing: what a first bomb takes is what counts.
        for (var i = 0; i < 20; i++) await SendAsync(client, new byte[5], token);
        GC.Collect();

        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;
        var peak = before;
        var sent = SendAsync(client, body, token);
        while (!sent.IsCompleted)
        {
            process.Refresh();
            peak = Math.Max(peak, process.WorkingSet64);
            await Task.Delay(2, Cancel.Token);
        }

        Assert.Equal(status, await sent);
        TestContext.Current.SendDiagnosticMessage($"grew by {(peak - before) / 1e6:0.0} MB");
        Assert.InRange(peak - before, long.MinValue, 64L << 20);
    }

    [Fact]
    public async Task Refusal_OfNobody_ComesBeforeTheBody()
    {
        await using var hub = await TestHub.StartAsync();
        using var client = new HttpClient { BaseAddress = hub.Running.GrpcAddress };
        using var body = new NeverEnding();

        var answer = SendAsync(client, body, null);

        // The body never ends: whoever waits for it waits for ever.
        Assert.Equal("16", await answer.WaitAsync(TestHub.Timeout, Cancel.Token));
    }

    [Fact]
    public async Task SilentStream_IsCutByTheIdleLimit()
    {
        var folder = Directory.CreateTempSubdirectory("silab-idle-");
        await using (var hub = await HubApplication.StartAsync(
            new HubOptions { DataFolder = System.IO.Path.Combine(folder.FullName, "data"), StreamIdleLimit = TimeSpan.FromSeconds(1) }, TimeProvider.System, null, Cancel.Token))
        {
            var caller = new Domain.Identity.Caller(new Domain.Identity.OrganisationId("9901"), "t", new HashSet<Role> { Role.Submitter });
            var headers = new Metadata { { "authorization", "Bearer " + await hub.GrantAsync(caller, TimeSpan.FromHours(1), Cancel.Token) } };
            using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(hub.GrpcAddress);
            using var call = new IntakeService.IntakeServiceClient(channel).UploadFile(headers);
            var started = Stopwatch.GetTimestamp();

            var e = await Assert.ThrowsAsync<RpcException>(async () => await call.ResponseAsync.WaitAsync(TestHub.Timeout, Cancel.Token));

            Assert.Equal((StatusCode.Unavailable, "STREAM_SILENT"), (e.StatusCode, e.Reason()));
            Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromSeconds(0.9));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task FetchedKeys_AreFetchedOncePerNeedAndSurviveAnOutage()
    {
        using var issuer = new TestIssuer();
        using var next = new TestIssuer();
        var time = new MovingTime();
        var source = new Publisher { Body = issuer.Jwks() };
        var options = new JwtOptions { Issuer = TestIssuer.Name, Audience = TestIssuer.Audience, KeysUrl = new Uri("https://issuer.example/jwks") };
        using var keys = new FetchedSigningKeys(options, source, time, NullLogger.Instance);

        Assert.NotNull(await keys.FindAsync("ec", "ES256", Cancel.Token));
        Assert.NotNull(await keys.FindAsync("rsa", "PS256", Cancel.Token));
        Assert.Equal(1, source.Asked);

        // Unknown names ask again, and a flood of them does not.
        for (var i = 0; i < 100; i++) Assert.Null(await keys.FindAsync($"guess-{i}", "ES256", Cancel.Token));
        Assert.Equal(1, source.Asked);
        time.Move(TimeSpan.FromSeconds(11));
        for (var i = 0; i < 100; i++) Assert.Null(await keys.FindAsync($"guess-{i}", "ES256", Cancel.Token));
        Assert.Equal(2, source.Asked);

        // Published secrets are no keys, whatever they are asked for as.
        Assert.Null(await keys.FindAsync("shared", "ES256", Cancel.Token));

        // The issuer is away: what is known goes on; it comes back with other keys: those count.
        source.Body = null;
        time.Move(TimeSpan.FromHours(1));
        Assert.NotNull(await keys.FindAsync("ec", "ES256", Cancel.Token));
        source.Body = next.Jwks();
        time.Move(TimeSpan.FromHours(1));
        Assert.NotNull(await keys.FindAsync("ec", "ES256", Cancel.Token));
        Assert.Equal(4, source.Asked);
    }

    [Theory]
    [InlineData("0.0.0.0", "listen_address")]
    [InlineData("::", "listen_address")]
    [InlineData("192.0.2.1", "listen_address")]
    [InlineData("everywhere", "listen_address")]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    public void Options_BeyondLoopbackWithoutTls_AreRefused(string address, string? key) => Assert.Equal(
        key is null ? [] : [key], new HubOptions { DataFolder = "d", ListenAddress = address }.Breaches().Select(b => b.Key));

    [Fact]
    public void Options_OfTlsAndTokens_AreToldByKey()
    {
        var options = new HubOptions
        {
            DataFolder = "d",
            Tls = new TlsOptions { Certificate = "/no/such.pem" },
            Jwt = new JwtOptions { Issuer = "i", KeysUrl = new Uri("http://example.org/jwks"), ClockSkew = TimeSpan.FromMinutes(2), MaximumLifetime = TimeSpan.FromDays(2) },
        };

        Assert.Equal(
            ["tls.client_ca", "tls.certificate", "jwt.audience", "jwt.keys_url", "jwt.maximum_lifetime", "jwt.clock_skew"], options.Breaches().Select(b => b.Key));
        Assert.Equal(["tls.client_ca"], new HubOptions { DataFolder = "d", Tls = new TlsOptions { ClientCa = "x" } }.Breaches().Select(b => b.Key));
        Assert.Equal(["jwt.keys_file"], new HubOptions { DataFolder = "d", Jwt = new JwtOptions { Issuer = "i", Audience = "a" } }.Breaches().Select(b => b.Key));
    }

    private static Task<string> SendAsync(HttpClient client, byte[] body, string? token) => SendAsync(client, new ByteArrayContent(body), token);

    private static async Task<string> SendAsync(HttpClient client, HttpContent content, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Path, UriKind.Relative))
        {
            Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content,
        };
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.Add("grpc-encoding", "gzip");
        request.Headers.Add("te", "trailers");
        if (token is not null) request.Headers.Add("authorization", token);
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel.Token);
        if (response.Headers.TryGetValues("grpc-status", out var values)) return values.Single();
        await response.Content.CopyToAsync(Stream.Null, Cancel.Token);
        return response.TrailingHeaders.GetValues("grpc-status").Single();
    }

    private static byte[] Gzip(byte[] data)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.SmallestSize)) gzip.Write(data);
        return stream.ToArray();
    }

    private sealed class NeverEnding : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new byte[] { 0, 0, 0, 1, 0 });
            await stream.FlushAsync();
            await Task.Delay(Timeout.Infinite, Cancel.Token);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class Publisher : HttpMessageHandler
    {
        public string? Body { get; set; }

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(Body is null
                ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Body) });
        }
    }

    private sealed class MovingTime : TimeProvider
    {
        private long _ticks = 1_000_000;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Move(TimeSpan by) => _ticks += by.Ticks;
    }
}
