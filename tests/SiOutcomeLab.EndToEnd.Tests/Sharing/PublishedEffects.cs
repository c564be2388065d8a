using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.EndToEnd.Tests.Operation;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.EndToEnd.Tests.Sharing;

/// <summary>Every effect that a hub has published, those too that stand no more, and what it answers when asked to make each again.</summary>
internal static class PublishedEffects
{
    /// <summary>The effects by name.</summary>
    public static async Task<IReadOnlyDictionary<string, Effect>> OfAsync(OperatedHub hub)
    {
        using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(SharedHubs.Teaching));
        var found = new SortedDictionary<string, Effect>(StringComparer.Ordinal);
        using var call = connection.Effects.ExportEffects(new ExportEffectsRequest(), connection.Options(Cancel.Token));
        await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel.Token)) found.Add(response.Effect.Name, response.Effect);
        return found;
    }

    /// <summary>Asks as <c>silab effects reproduce</c> does, one effect after another, each by a caller of its own organisation.</summary>
    public static async Task<IReadOnlyDictionary<string, ReproduceRunResponse>> AgainAsync(OperatedHub hub)
    {
        var answers = new SortedDictionary<string, ReproduceRunResponse>(StringComparer.Ordinal);
        foreach (var organisation in (await OfAsync(hub)).Values.GroupBy(e => e.Organisation))
        {
            using var connection = HubConnection.To(hub.Grpc, SharedHubs.TokenOf(organisation.Key));
            var options = connection.Options(Cancel.Token);

            // What is made again is a run: asked once for all effects that it came to.
            var ofRun = new Dictionary<string, ReproduceRunResponse>(StringComparer.Ordinal);
            foreach (var name in organisation.Select(e => e.Name))
            {
                var run = (await connection.Effects.GetEffectAsync(new GetEffectRequest { Name = name }, options)).Effect.Lineage.Run;
                if (!ofRun.TryGetValue(run, out var answer))
                {
                    answer = await connection.Runs.ReproduceRunAsync(new ReproduceRunRequest { Name = run }, options);
                    ofRun[run] = answer;
                }

                answers[name] = answer;
            }
        }

        return answers;
    }
}
