# Loops over the letters with the weights of nn.GRU; a mask carries states over the padding.
class Encoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.rnn = nn.GRU(D, H, batch_first=True, bidirectional=True)
        self.bridge = nn.Linear(2 * H, H)

    def forward(self, x, lengths):
        e = self.embedding(x)
        B, T, _ = e.shape
        letters = torch.arange(T) < lengths[:, None]
        forward, h_forward = self.walk(e, letters, range(T), "")
        backward, h_backward = self.walk(e, letters, reversed(range(T)), "_reverse")
        states = torch.cat([forward, backward], dim=2)
        return states, torch.tanh(self.bridge(torch.cat([h_forward, h_backward], dim=1)))

    def walk(self, e, letters, order, suffix):
        W, U, b, c = (getattr(self.rnn, f"{name}_l0{suffix}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
        h = e.new_zeros(e.shape[0], self.rnn.hidden_size)
        states = [None] * e.shape[1]
        for t in order:
            x_r, x_z, x_n = (e[:, t] @ W.T + b).chunk(3, dim=1)
            h_r, h_z, h_n = (h @ U.T + c).chunk(3, dim=1)
            z = torch.sigmoid(x_z + h_z)
            new = (1 - z) * torch.tanh(x_n + torch.sigmoid(x_r + h_r) * h_n) + z * h
            here = letters[:, t, None]
            h = torch.where(here, new, h)
            states[t] = torch.where(here, new, 0.0)
        return torch.stack(states, dim=1), h
