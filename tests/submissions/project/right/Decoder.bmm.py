# bmm and a large negative number.
class Decoder(nn.Module):
    def __init__(self, V, D, H):
        super().__init__()
        self.embedding = nn.Embedding(V, D)
        self.query = nn.Linear(H, 2 * H, bias=False)
        self.cell = nn.GRUCell(D + 2 * H, H)
        self.readout = nn.Linear(3 * H, V)

    def forward(self, w_prev, h_prev, states, mask):
        a = torch.bmm(states, self.query(h_prev).unsqueeze(2)).squeeze(2)
        alpha = torch.softmax(a + torch.where(mask, 0.0, -1e9), dim=1)
        context = torch.bmm(alpha.unsqueeze(1), states).squeeze(1)
        h = self.cell(torch.cat([self.embedding(w_prev), context], dim=1), h_prev)
        return self.readout(torch.cat([h, context], dim=1)), h
