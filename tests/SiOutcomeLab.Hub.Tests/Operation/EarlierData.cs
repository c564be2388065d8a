using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Operation;

namespace SiOutcomeLab.Hub.Tests.Operation;

/// <summary>The data folder of the first version, unpacked, and what that version answered from it.</summary>
internal sealed class EarlierData : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("silab-earlier-");

    private EarlierData()
    {
    }

    /// <summary>The answers of the hub that left the folder.</summary>
    public static JsonObject Answers { get; } = JsonNode.Parse(File.ReadAllText(Fixture("data-folder-v1.answers.json")))!.AsObject();

    public HubOptions Options => Of(Path.Combine(_root.FullName, "data-folder-v1"));

    public string Folder => Options.DataFolder;

    public static async Task<EarlierData> UnpackAsync()
    {
        var data = new EarlierData();
        await using var file = File.OpenRead(Fixture("data-folder-v1.tar.gz"));
        await using var tar = new GZipStream(file, CompressionMode.Decompress);
        await TarFile.ExtractToDirectoryAsync(tar, data._root.FullName, overwriteFiles: false, Cancel.Token);
        return data;
    }

    public static async Task<EarlierData> UpgradedAsync()
    {
        var data = await UnpackAsync();
        await HubUpgrade.RunAsync(data.Options, null, TimeProvider.System, null, Cancel.Token);
        return data;
    }

    /// <summary>A path beside the folder.</summary>
    public string Beside(string name) => Path.Combine(_root.FullName, name);

    public static HubOptions Of(string folder, string? keyFile = null) =>
        new() { DataFolder = folder, KeyFile = keyFile, DueInterval = TimeSpan.FromMilliseconds(200) };

    public static Task<RunningHub> StartAsync(HubOptions options) =>
        HubApplication.StartAsync(options, TimeProvider.System, l => l.SetMinimumLevel(LogLevel.None), Cancel.Token);

    /// <summary>What a hub answers now to what the first version was asked.</summary>
    public static async Task<JsonObject> AskAsync(RunningHub hub)
    {
        var submissions = new JsonArray();
        foreach (var organisation in new[] { "9901", "9911" })
        {
            var answer = await PostAsync(hub, organisation, "intake.v1.IntakeService/ListSubmissions");
            foreach (var submission in answer["submissions"]!.AsArray()) submissions.Add(submission!.DeepClone());
        }

        return new JsonObject
        {
            ["submissions"] = submissions,
            ["effects"] = (await PostAsync(hub, "9901", "effects.v1.EffectService/ListEffects"))["effects"]!.DeepClone(),
            ["runs"] = (await PostAsync(hub, "9901", "runs.v1.EvaluationService/ListRuns"))["runs"]!.DeepClone(),
        };
    }

    /// <summary>Fails unless everything that was answered is answered still; what later versions add does not count.</summary>
    public static void RequireKept(JsonNode? was, JsonNode? now, string where = "$")
    {
        switch (was)
        {
            case JsonObject o:
                foreach (var (name, value) in o) RequireKept(value, now is JsonObject n ? n[name] : null, $"{where}.{name}");
                break;
            case JsonArray a:
                Assert.True(now is JsonArray, $"{where} is gone.");
                Assert.True(a.Count == now.AsArray().Count, $"{where} has {now.AsArray().Count} items instead of {a.Count}.");
                for (var i = 0; i < a.Count; i++) RequireKept(a[i], now.AsArray()[i], $"{where}[{i}]");
                break;
            default:
                Assert.True(JsonNode.DeepEquals(was, now), $"{where} was {was?.ToJsonString()} and is {now?.ToJsonString()}.");
                break;
        }
    }

    public void Dispose() => _root.Delete(recursive: true);

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "fixtures", name);

    private static async Task<JsonObject> PostAsync(RunningHub hub, string organisation, string call)
    {
        var token = await hub.GrantAsync(
            new Caller(new OrganisationId(organisation), "operation-test", new HashSet<Role> { Role.Submitter, Role.Analyst }), TimeSpan.FromHours(1), Cancel.Token);
        using var http = new HttpClient { Timeout = TestHub.Timeout };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(hub.JsonAddress, "/sioutcomelab." + call))
        {
            Content = new StringContent("{\"pageSize\":100}", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("authorization", "Bearer " + token);
        using var response = await http.SendAsync(request, Cancel.Token);
        var text = await response.Content.ReadAsStringAsync(Cancel.Token);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!.AsObject();
    }
}
