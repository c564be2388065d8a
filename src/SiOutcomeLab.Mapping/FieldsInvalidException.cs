namespace SiOutcomeLab.Mapping;

/// <summary>A message has fields that are missing or not allowed. Every such field is named; none of their values is repeated.</summary>
/// <param name="fields">Path of the field as in the proto, and what is allowed.</param>
public sealed class FieldsInvalidException(IReadOnlyList<(string Field, string Problem)> fields)
    : Exception(string.Join(' ', fields.Select(f => $"{f.Field} {f.Problem}")))
{
    /// <summary>Path of each field, and what is allowed.</summary>
    public IReadOnlyList<(string Field, string Problem)> Fields { get; } = fields;
}
