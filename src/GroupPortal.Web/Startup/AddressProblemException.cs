namespace GroupPortal.Web.Startup;

/// <summary>Thrown at start when the portal cannot listen where it was told to.</summary>
internal sealed class AddressProblemException(string message, Exception inner) : Exception(message, inner);
