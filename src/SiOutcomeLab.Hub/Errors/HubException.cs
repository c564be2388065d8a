namespace SiOutcomeLab.Hub.Errors;

/// <summary>A call that ends with one of the hub's errors.</summary>
/// <param name="error">Which.</param>
/// <param name="message">What was wrong and what to do, without anybody's values.</param>
/// <param name="facts">The variables of the message, by name, for programs.</param>
/// <param name="fields">Fields that are wrong, and how; for <see cref="HubError.FieldInvalid"/>.</param>
internal sealed class HubException(
    HubError error, string message, IReadOnlyDictionary<string, string>? facts = null, IReadOnlyList<(string Field, string Problem)>? fields = null)
    : Exception(message)
{
    public HubError Error { get; } = error;

    public IReadOnlyDictionary<string, string> Facts { get; } = facts ?? new Dictionary<string, string>();

    public IReadOnlyList<(string Field, string Problem)> Fields { get; } = fields ?? [];

    public static HubException FieldInvalid(string field, string problem) => FieldsInvalid([(field, problem)]);

    public static HubException FieldsInvalid(IReadOnlyList<(string Field, string Problem)> fields) => new(
        HubError.FieldInvalid, string.Join(' ', fields.Select(f => $"{f.Field} {f.Problem}")), fields: fields);
}
