namespace Grpc.Core;

/// <summary>Names the method that binds a service; put by the generator on service base classes.</summary>
/// <param name="bindType">Class that holds the method.</param>
/// <param name="bindMethodName">Name of the method.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class BindServiceMethodAttribute(Type bindType, string bindMethodName) : Attribute
{
    /// <summary>Class that holds the method.</summary>
    public Type BindType { get; } = bindType;

    /// <summary>Name of the method.</summary>
    public string BindMethodName { get; } = bindMethodName;
}
