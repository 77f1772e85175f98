# The same for each word by itself.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        q = self.query(h_prev)
        context = torch.zeros_like(q)
        for b in range(len(q)):
            alpha = (states[b] @ q[b]).softmax(dim=0)
            alpha = torch.where(mask[b], alpha, torch.zeros_like(alpha))
            context[b] = alpha @ states[b]
        h = self.cell(torch.cat([self.embedding(w_prev), context], dim=1), h_prev)
        return self.readout(torch.cat([h, context], dim=1)), h
