using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SiOutcomeLab.Benchmarks.Upload;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Benchmarks.Intake;

/// <summary>
/// The whole way: a file pushed to a hub in a process of its own, over gRPC on loopback, until the receipt says that it is committed. The
/// hub's peak memory and processor time are its own; the sender's are not counted.
/// </summary>
internal static class HubPush
{
    private const int ChunkBytes = 1024 * 1024;
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The hub's process: says where it is and what opens it, and when its input closes, what it has used.</summary>
    public static async Task<int> ServeAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var folder = arguments.Text("data", "");
        var options = new HubOptions { DataFolder = Path.Combine(folder, "hub"), KeyFile = Path.Combine(folder, "hub.key") };
        await using var hub = await HubApplication.StartAsync(options, TimeProvider.System, logging: null, cancellationToken);
        var sender = new Caller(new OrganisationId("9901"), "benchmark", new HashSet<Role> { Role.Submitter });
        var token = await hub.GrantAsync(sender, TimeSpan.FromHours(1), cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(new HubAddress(hub.GrpcAddress.ToString(), token), Web));
        var before = Environment.CpuUsage.TotalTime;
        await Console.In.ReadToEndAsync(cancellationToken);
        using var self = Process.GetCurrentProcess();
        var used = new HubUse((Environment.CpuUsage.TotalTime - before).TotalSeconds, self.PeakWorkingSet64 / 1048576.0);
        Console.WriteLine(JsonSerializer.Serialize(used, Web));
        return 0;
    }

    /// <summary>Pushes the file to a new hub that may use so many threads.</summary>
    public static async Task<IntakeRun> RunAsync(string file, int threads, string scratch, CancellationToken cancellationToken)
    {
        var manifest = await IntakeWork.DescribeAsync(file, cancellationToken);
        var load = new UploadLoad(await File.ReadAllBytesAsync(file, cancellationToken), manifest, ChunkBytes);
        var folder = Directory.CreateDirectory(Path.Combine(scratch, $"push-{Environment.ProcessId}"));
        using var process = Start(folder.FullName, threads);
        try
        {
            var address = JsonSerializer.Deserialize<HubAddress>((await process.StandardOutput.ReadLineAsync(cancellationToken))!, Web)!;
            using var channel = GrpcChannel.ForAddress(address.Address);
            var clock = Stopwatch.GetTimestamp();
            var upload = await load.SendAsync(channel, address.Token, cancellationToken);
            var intake = new IntakeService.IntakeServiceClient(channel);
            var headers = new Metadata { { "authorization", $"Bearer {address.Token}" } };
            var answer = await intake.FinaliseUploadAsync(new FinaliseUploadRequest { Name = upload }, headers, cancellationToken: cancellationToken);
            var seconds = Stopwatch.GetElapsedTime(clock).TotalSeconds;
            if (answer.Accepted is null) throw new InvalidDataException("The hub refused the made file.");
            process.StandardInput.Close();
            var use = JsonSerializer.Deserialize<HubUse>((await process.StandardOutput.ReadLineAsync(cancellationToken))!, Web)!;
            await process.WaitForExitAsync(cancellationToken);
            return new IntakeRun("push", manifest.Observations.Rows, seconds, use.Cpu, use.PeakMegabytes, 0, 0, 0);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
            folder.Delete(recursive: true);
        }
    }

    private static Process Start(string folder, int threads)
    {
        var self = Environment.ProcessPath ?? throw new InvalidOperationException("The path of this program is unknown.");
        string[] first = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [typeof(HubPush).Assembly.Location] : [];
        var start = new ProcessStartInfo(self, [.. first, "intake", "--role", "hub", "--data", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // A hub checks with as many threads as the runtime sees processors.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = $"{threads}";
        return Process.Start(start)!;
    }
}

/// <summary>Where a hub is and what opens it.</summary>
internal sealed record HubAddress(string Address, string Token);

/// <summary>What a hub has used.</summary>
internal sealed record HubUse(double Cpu, double PeakMegabytes);
