using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SiOutcomeLab.EndToEnd.Tests.Operation;

/// <summary>A hub in a process of its own, on a data folder, with tokens for some municipalities.</summary>
internal sealed partial class OperatedHub : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Dictionary<string, string> _tokens;
    private readonly ErrorLines _errors;

    private OperatedHub(Process process, string grpc, string json, Dictionary<string, string> tokens, ErrorLines errors)
    {
        _process = process;
        _errors = errors;
        Grpc = grpc;
        Json = json;
        _tokens = tokens;
    }

    public string Grpc { get; }

    public string Json { get; }

    /// <summary>What it has written on standard error, when it has ended.</summary>
    public Task<string> Errors => _errors.Whole;

    /// <summary>Waits until it has written this on standard error.</summary>
    public async Task UntilErrorAsync(string text)
    {
        var waited = Stopwatch.StartNew();
        while (!_errors.Now.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(120), $"The hub never wrote \"{text}\" but: {_errors.Now}");
            await Task.Delay(50, Cancel.Token);
        }
    }

    /// <summary>Sends the process a signal: KILL, STOP, CONT.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-" + name, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Where a hub of these tests keeps its keys: not beside its data, so that two folders can share them.</summary>
    public static string KeyOf(string root) => Path.Combine(root, "hub.key");

    public static Task<OperatedHub> StartAsync(string data, string keyFile, params string[] organisations) => StartAsync(
        organisations.Length,
        ["hub", "--data", data, "--key-file", keyFile, "--grpc-port", "0", "--json-port", "0", "--due-seconds", "0.3", "--lang", "en",
            .. organisations.SelectMany(o => new[] { "--grant", $"{o}:test:submitter,analyst" })]);

    /// <param name="tokens">How many tokens it tells of at its start.</param>
    /// <param name="arguments">What follows <c>silab</c>.</param>
    /// <param name="processors">How many processors it sees; null for the machine's.</param>
    public static async Task<OperatedHub> StartAsync(int tokens, string[] arguments, int? processors = null)
    {
        var start = Programs.Start("dotnet", [Silab.Dll, .. arguments]);
        if (processors is { } count) start.Environment["DOTNET_PROCESSOR_COUNT"] = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var process = Process.Start(start)!;
        var errors = new ErrorLines(process.StandardError);
        string? grpc = null, json = null;
        var granted = new Dictionary<string, string>(StringComparer.Ordinal);
        while (json is null || granted.Count < tokens)
        {
            var line = await process.StandardOutput.ReadLineAsync(Cancel.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(240), Cancel.Token);
            if (line is null) Assert.Fail($"The hub did not start: {await errors.Whole}");
            if (line.StartsWith("gRPC", StringComparison.Ordinal)) grpc = Address().Match(line).Value;
            if (line.StartsWith("JSON", StringComparison.Ordinal)) json = Address().Match(line).Value;
            if (Token().Match(line) is { Success: true } match) granted[match.Groups[1].Value] = match.Groups[2].Value;
        }

        return new OperatedHub(process, grpc!, json, granted, errors);
    }

    public string TokenOf(string organisation) => _tokens[organisation];

    /// <summary>Ends the hub as a service manager does, and gives its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(Cancel.Token).WaitAsync(TimeSpan.FromSeconds(120), Cancel.Token);
        return _process.ExitCode;
    }

    /// <summary>What the hub's JSON door answers to a call with no other field than a page size.</summary>
    public async Task<JsonArray> ListAsync(string organisation, string call, string items)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(120) };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Json}/sioutcomelab.{call}")
        {
            Content = new StringContent("{\"pageSize\":100}", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("authorization", "Bearer " + TokenOf(organisation));
        using var response = await http.SendAsync(request, Cancel.Token);
        var text = await response.Content.ReadAsStringAsync(Cancel.Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)![items] is JsonArray list ? (JsonArray)list.DeepClone() : [];
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    /// <summary>Unpacks the data folder of the first version into a folder.</summary>
    public static async Task<string> UnpackEarlierAsync(string into)
    {
        await using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Fixtures", "data-folder-v1.tar.gz"));
        await using var tar = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, into, overwriteFiles: false, Cancel.Token);
        return Path.Combine(into, "data-folder-v1");
    }

    // What a process has written so far, and all of it when it has ended.
    private sealed class ErrorLines
    {
        private readonly StringBuilder _text = new();

        public ErrorLines(StreamReader from) => Whole = ReadAsync(from);

        public Task<string> Whole { get; }

        public string Now
        {
            get
            {
                lock (_text) return _text.ToString();
            }
        }

        private async Task<string> ReadAsync(StreamReader from)
        {
            while (await from.ReadLineAsync(Cancel.Token) is { } line)
            {
                lock (_text) _text.AppendLine(line);
            }

            return Now;
        }
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    [GeneratedRegex("^token ([^:]+):.* ([0-9a-f]{64})$")]
    private static partial Regex Token();
}
