using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>Unary calls as plain JSON: the same answers and the same rules as over gRPC.</summary>
public sealed class JsonDoorTests(NswHub nsw) : IClassFixture<NswHub>
{
    private const string ListEffects = "sioutcomelab.effects.v1.EffectService/ListEffects";

    [Fact]
    public async Task ListEffects_AsAnonymous_GivesThePublicOnes()
    {
        var (status, body) = await PostAsync(ListEffects, """{"pageSize":3}""");

        Assert.Equal(HttpStatusCode.OK, status);
        var page = JsonParser.Default.Parse<ListEffectsResponse>(body);
        Assert.Equal(3, page.Effects.Count);
        Assert.NotEmpty(page.NextPageToken);
    }

    [Fact]
    public async Task GetEffect_AsJson_IsTheSameMessageAsOverGrpc()
    {
        var overGrpc = (await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { PageSize = 1 })).Effects[0];

        var (_, body) = await PostAsync("sioutcomelab.effects.v1.EffectService/GetEffect", $$"""{"name":"{{overGrpc.Name}}"}""");

        Assert.Equal(overGrpc, JsonParser.Default.Parse<GetEffectResponse>(body).Effect);
    }

    [Fact]
    public async Task EmptyBody_IsAnEmptyRequest() => Assert.Equal(HttpStatusCode.OK, (await PostAsync(ListEffects, string.Empty)).Status);

    [Theory]
    [InlineData("sioutcomelab.effects.v1.EffectService/GetEffect", """{"name":"effects/none"}""", 404, "not_found", "EFFECT_UNKNOWN")]
    [InlineData(ListEffects, """{"pageSize":-1}""", 400, "invalid_argument", "FIELD_INVALID")]
    [InlineData(ListEffects, """{"pageToken":"AAAA"}""", 400, "invalid_argument", "FIELD_INVALID")]
    [InlineData("sioutcomelab.runs.v1.EvaluationService/ListRuns", "{}", 401, "unauthenticated", "CREDENTIALS_INVALID")]
    public async Task Refusal_CarriesCodeAndReason(string path, string json, int status, string code, string reason)
    {
        var (actual, body) = await PostAsync(path, json);

        Assert.Equal(status, (int)actual);
        using var error = JsonDocument.Parse(body);
        Assert.Equal(code, error.RootElement.GetProperty("code").GetString());
        Assert.Equal(reason, error.RootElement.GetProperty("details")[0].GetProperty("debug").GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("not json", 400)]
    [InlineData("""{"noSuchField":1}""", 400)]
    [InlineData("""{"pageSize":"many"}""", 400)]
    [InlineData("[]", 400)]
    public async Task MalformedBody_IsRefusedWithoutInternals(string json, int status)
    {
        var (actual, body) = await PostAsync(ListEffects, json);

        Assert.Equal(status, (int)actual);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeaderNames_ThatGrpcDoesNotKnow_DoNotDisturbACall()
    {
        using var client = new HttpClient { BaseAddress = nsw.Hub.Running.JsonAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, ListEffects) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("x!odd|name", "1");
        request.Headers.TryAddWithoutValidation("x-some-bin", "not base64");

        using var response = await client.SendAsync(request, Cancel.Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task TooLargeBody_IsRefused() =>
        Assert.Equal(HttpStatusCode.TooManyRequests, (await PostAsync(ListEffects, "{\"pageToken\":\"" + new string('a', 2 << 20) + "\"}")).Status);

    [Fact]
    public async Task UnknownCall_IsUnimplemented() => Assert.Equal(HttpStatusCode.NotImplemented, (await PostAsync("no.Such/Call", "{}")).Status);

    [Fact]
    public async Task StreamingCall_IsNotOfferedAsJson() =>
        Assert.Equal(HttpStatusCode.NotImplemented, (await PostAsync("grpc.health.v1.Health/Watch", "{}")).Status);

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string json)
    {
        using var client = new HttpClient { BaseAddress = nsw.Hub.Running.JsonAddress };
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content, Cancel.Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel.Token));
    }
}
