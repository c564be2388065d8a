using System.Text.Json;
using Google.Protobuf;

namespace SiOutcomeLab.Cli.Demo.Document;

/// <summary>One method's story as the hub's own JSON: the benchmark, the baselines of each kind by themselves, the savings.</summary>
internal static class StoryJson
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);

    public static void Write(Utf8JsonWriter json, MethodStory story)
    {
        json.WriteStartObject("method");
        json.WriteString("code", MethodStory.Method);
        json.WritePropertyName("benchmark");
        json.WriteRawValue(Formatter.Format(story.Benchmark));
        All("targetGroups", story.TargetGroups);
        All("counterfactuals", story.Counterfactuals);
        All("savings", story.Savings);
        json.WriteEndObject();

        void All(string name, IEnumerable<IMessage> messages)
        {
            json.WriteStartArray(name);
            foreach (var message in messages) json.WriteRawValue(Formatter.Format(message));
            json.WriteEndArray();
        }
    }
}
